//! The few member names that the reader knows.

/// A member name of an object, as far as the reader cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Key {
    Id,
    AccountId,
    Number,
    CustomerId,
    InstitutionId,
    InstitutionLoginId,
    AggregationStatusCode,
    AggregationSuccessDate,
    AggregationAttemptDate,
    Code,
    Message,
    Accounts,
    AccountDetails,
    BalanceDetails,
    Error,
    /// Any other name, or no name at all (an element of an array, a document).
    Other,
}

impl Key {
    /// The key with this name, without its quotes and with its escapes resolved.
    pub(super) fn named(name: &[u8]) -> Self {
        match name {
            b"id" => Self::Id,
            b"accountId" => Self::AccountId,
            b"number" => Self::Number,
            b"customerId" => Self::CustomerId,
            b"institutionId" => Self::InstitutionId,
            b"institutionLoginId" => Self::InstitutionLoginId,
            b"aggregationStatusCode" => Self::AggregationStatusCode,
            b"aggregationSuccessDate" => Self::AggregationSuccessDate,
            b"aggregationAttemptDate" => Self::AggregationAttemptDate,
            b"code" => Self::Code,
            b"message" => Self::Message,
            b"accounts" => Self::Accounts,
            b"accountDetails" => Self::AccountDetails,
            b"balanceDetails" => Self::BalanceDetails,
            b"error" => Self::Error,
            _ => Self::Other,
        }
    }

    /// The name, for messages.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::AccountId => "accountId",
            Self::Number => "number",
            Self::CustomerId => "customerId",
            Self::InstitutionId => "institutionId",
            Self::InstitutionLoginId => "institutionLoginId",
            Self::AggregationStatusCode => "aggregationStatusCode",
            Self::AggregationSuccessDate => "aggregationSuccessDate",
            Self::AggregationAttemptDate => "aggregationAttemptDate",
            Self::Code => "code",
            Self::Message => "message",
            Self::Accounts => "accounts",
            Self::AccountDetails => "accountDetails",
            Self::BalanceDetails => "balanceDetails",
            Self::Error => "error",
            Self::Other => "",
        }
    }

    /// The keys of ids, in the order of their places.
    pub(super) const IDS: [Self; 5] = [
        Self::Id,
        Self::AccountId,
        Self::CustomerId,
        Self::InstitutionId,
        Self::InstitutionLoginId,
    ];

    /// Where the ids of a candidate have this key's value, if it is the key of an id.
    #[inline(always)]
    pub(super) const fn id_place(self) -> Option<usize> {
        match self {
            Self::Id => Some(0),
            Self::AccountId => Some(1),
            Self::CustomerId => Some(2),
            Self::InstitutionId => Some(3),
            Self::InstitutionLoginId => Some(4),
            _ => None,
        }
    }

    /// This key's bit in a set of keys.
    pub(super) const fn bit(self) -> u16 {
        1 << self as u16
    }
}
