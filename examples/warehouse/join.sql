-- Counts accounts by state. A code that is not in the table is unknown; an account without a code is pending.
SELECT
  COALESCE(codes.category, CASE WHEN accounts.aggregationStatusCode IS NULL THEN 'pending' ELSE 'unknown' END) AS category,
  accounts.aggregationStatusCode AS code,
  codes.title AS title,
  COUNT(*) AS accounts
FROM accounts
LEFT JOIN aggregation_status_codes AS codes ON codes.code = accounts.aggregationStatusCode
GROUP BY codes.category, accounts.aggregationStatusCode, codes.title
ORDER BY COUNT(*) DESC, accounts.aggregationStatusCode
