# Completion of statuscode for Nushell: `use statuscode.nu *`

def "statuscode codes" [] {
  ^statuscode list --json | from json | get codes | each {|entry| { value: ($entry.code | into string), description: $entry.title } }
}
def "statuscode selectable codes" [] {
  statuscode codes | append { value: pending, description: "accounts without a code" }
}
def "statuscode sources" [] {
  ^statuscode list --json | from json | get codes.readings | flatten | get source | uniq | sort
}
def "statuscode formats" [] { [table json jsonl csv markdown html] }
def "statuscode metrics formats" [] { [table json jsonl csv markdown html prometheus] }
def "statuscode list formats" [] { [table json jsonl csv markdown html sql] }
def "statuscode colors" [] { [auto always never] }
def "statuscode categories" [] { [ok stale pending user_action institution support partner unknown] }
def "statuscode gates" [] { [ok stale pending user_action institution support partner unknown any empty] }
def "statuscode actions" [] {
  [connect_fix reconnect_in_app sign_in_at_institution authenticate_each_time change_language re_add delete_duplicate retire_account verify_account
   correct_request support_ticket contact_institution wait await_first_aggregation review none]
}
def "statuscode groups" [] { [institution customer login code] }
def "statuscode standings" [] { [documented listed reported] }
def "statuscode changes" [] { [broken code_changed still_failing appeared disappeared recovered] }
def "statuscode change gates" [] { [broken code_changed still_failing appeared disappeared recovered any empty] }
def "statuscode invalid" [] { [continue fail allow] }
def "statuscode languages" [] { [en es fr] }
def "statuscode schemas" [] { [explain list triage triage-by-institution triage-by-customer triage-by-login triage-by-code plan diff trend trend-by-institution trend-by-customer trend-by-login trend-by-code merge summary] }
def "statuscode shells" [] { [bash zsh fish elvish powershell nushell] }
def "statuscode commands" [] { [explain list triage plan diff trend merge schema completions man] }

# Show what a code means, who must act, and what to do
export extern "statuscode explain" [
  ...code: string@"statuscode codes"
  --all
  --sources
  --limit: int
  --format(-f): string@"statuscode formats"
  --json
  --color: string@"statuscode colors"
  --width: int
  --ascii
  --codes: path
  --quiet(-q)
  --help(-h)
  --version(-V)
]

# List the catalog of codes
export extern "statuscode list" [
  --category: string@"statuscode categories"
  --action: string@"statuscode actions"
  --source: string@"statuscode sources"
  --standing: string@"statuscode standings"
  --connect-fix
  --search: string
  --limit: int
  --format(-f): string@"statuscode list formats"
  --json
  --color: string@"statuscode colors"
  --width: int
  --ascii
  --codes: path
  --quiet(-q)
  --help(-h)
  --version(-V)
]

# Classify every account
export extern "statuscode triage" [
  ...file: path
  --by: string@"statuscode groups"
  --latest
  --only: string@"statuscode categories"
  --fail-on: string@"statuscode gates"
  --limit: int
  --summary-file: path
  --no-connect-fix
  --institutions: path
  --code: string@"statuscode selectable codes"
  --account: string
  --customer: string
  --institution: string
  --login: string
  --min-days: int
  --files-from: path
  --invalid: string@"statuscode invalid"
  --jobs(-j): int
  --max-record-size: string
  --format(-f): string@"statuscode metrics formats"
  --json
  --color: string@"statuscode colors"
  --width: int
  --ascii
  --codes: path
  --quiet(-q)
  --help(-h)
  --version(-V)
]

# Plan the repair work: one step per login, account, or ticket
export extern "statuscode plan" [
  ...file: path
  --partner-id: string
  --redirect-uri: string
  --webhook: string
  --language: string@"statuscode languages"
  --with-deletions
  --no-connect-fix
  --only: string@"statuscode actions"
  --escalate-after: int
  --limit: int
  --institutions: path
  --code: string@"statuscode selectable codes"
  --account: string
  --customer: string
  --institution: string
  --login: string
  --min-days: int
  --files-from: path
  --invalid: string@"statuscode invalid"
  --jobs(-j): int
  --max-record-size: string
  --format(-f): string@"statuscode formats"
  --json
  --color: string@"statuscode colors"
  --width: int
  --ascii
  --codes: path
  --quiet(-q)
  --help(-h)
  --version(-V)
]

# Show what changed between snapshots
export extern "statuscode diff" [
  ...snapshot: path
  --only: string@"statuscode changes"
  --fail-on: string@"statuscode change gates"
  --limit: int
  --institutions: path
  --code: string@"statuscode selectable codes"
  --account: string
  --customer: string
  --institution: string
  --login: string
  --min-days: int
  --files-from: path
  --invalid: string@"statuscode invalid"
  --jobs(-j): int
  --max-record-size: string
  --format(-f): string@"statuscode formats"
  --json
  --color: string@"statuscode colors"
  --width: int
  --ascii
  --codes: path
  --quiet(-q)
  --help(-h)
  --version(-V)
]

# Show how counts changed over many snapshots
export extern "statuscode trend" [
  ...snapshot: path
  --by: string@"statuscode groups"
  --limit: int
  --institutions: path
  --code: string@"statuscode selectable codes"
  --account: string
  --customer: string
  --institution: string
  --login: string
  --min-days: int
  --files-from: path
  --invalid: string@"statuscode invalid"
  --jobs(-j): int
  --max-record-size: string
  --format(-f): string@"statuscode formats"
  --json
  --color: string@"statuscode colors"
  --width: int
  --ascii
  --codes: path
  --quiet(-q)
  --help(-h)
  --version(-V)
]

# Add up the summaries of many runs
export extern "statuscode merge" [
  ...summary: path
  --allow-repeated
  --limit: int
  --format(-f): string@"statuscode metrics formats"
  --json
  --color: string@"statuscode colors"
  --width: int
  --ascii
  --codes: path
  --quiet(-q)
  --help(-h)
  --version(-V)
]

# Print the JSON Schema of an output
export extern "statuscode schema" [
  name: string@"statuscode schemas"
  --help(-h)
  --version(-V)
]

# Print the completion script for a shell
export extern "statuscode completions" [
  shell: string@"statuscode shells"
  --help(-h)
  --version(-V)
]

# Print a manual page
export extern "statuscode man" [
  command?: string@"statuscode commands"
  --help(-h)
  --version(-V)
]
