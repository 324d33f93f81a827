//! Generated accounts in every shape that the parser should read fast. They depend on neither a clock
//! nor randomness: the same number of accounts has the same bytes on every machine.

mod variants;

use std::io::{self, Write};

pub use variants::Variant;

/// The layout of accounts in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One account per line.
    Lines,
    /// One account per line, nine of ten failing.
    Failing,
    /// One `{"accounts":[...]}` document.
    Document,
    /// Concatenated, indented `{"accounts":[...]}` documents of ten accounts each.
    Concatenated,
    /// One report with institutions, their accounts, and twenty transactions per account.
    Report,
    /// Concatenated accounts, each rewritten.
    Rewritten(Variant),
}

impl Shape {
    pub const ALL: [(&'static str, Self); 10] = [
        ("lines", Self::Lines),
        ("failing", Self::Failing),
        ("document", Self::Document),
        ("concatenated", Self::Concatenated),
        ("report", Self::Report),
        ("shuffled", Self::Rewritten(Variant::Shuffled)),
        ("pretty", Self::Rewritten(Variant::Pretty)),
        ("long-strings", Self::Rewritten(Variant::LongStrings)),
        ("escaped-names", Self::Rewritten(Variant::EscapedNames)),
        ("bad-lines", Self::Rewritten(Variant::BadLines)),
    ];

    #[allow(dead_code, reason = "the test that uses this file names no shape")]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, shape)| *shape)
    }

    #[allow(dead_code, reason = "the test that uses this file names no shape")]
    pub const NAMES: [&str; 10] = {
        let mut names = [""; 10];
        let mut index = 0;
        while index < names.len() {
            names[index] = Self::ALL[index].0;
            index += 1;
        }
        names
    };
}

/// Writes `count` accounts in `shape`.
pub fn write(out: &mut impl Write, shape: Shape, count: u64) -> io::Result<()> {
    match shape {
        Shape::Lines | Shape::Failing => {
            for index in 0..count {
                account(out, index, shape == Shape::Failing, "")?;
                out.write_all(b"\n")?;
            }
        }
        Shape::Document => {
            out.write_all(b"{\"accounts\":[")?;
            elements(out, 0..count, "")?;
            out.write_all(b"]}\n")?;
        }
        Shape::Concatenated => {
            for first in (0..count).step_by(10) {
                out.write_all(b"{\n  \"accounts\": [\n")?;
                elements(out, first..count.min(first + 10), "\n   ")?;
                out.write_all(b"\n  ]\n}\n")?;
            }
        }
        Shape::Report => {
            out.write_all(b"{\"id\":\"report-1\",\"institutions\":[")?;
            for first in (0..count).step_by(100) {
                let comma = if first > 0 { "," } else { "" };
                write!(
                    out,
                    "{comma}{{\"id\":\"{}\",\"name\":\"Bank\",\"accounts\":[",
                    102_000 + first / 100
                )?;
                elements(out, first..count.min(first + 100), "transactions")?;
                out.write_all(b"]}")?;
            }
            out.write_all(b"]}\n")?;
        }
        Shape::Rewritten(variant) => {
            let mut written = Vec::new();
            for index in 0..count {
                written.clear();
                account(&mut written, index, false, "")?;
                out.write_all(
                    variant.rewrite(&String::from_utf8_lossy(&written), index).as_bytes(),
                )?;
            }
        }
    }
    Ok(())
}

fn elements(out: &mut impl Write, range: std::ops::Range<u64>, style: &str) -> io::Result<()> {
    for index in range.clone() {
        if index > range.start {
            out.write_all(b",")?;
        }
        account(out, index, false, style)?;
    }
    Ok(())
}

/// The codes of one night with their frequencies; all other accounts have code 0.
const CODES: [u32; 12] = [103, 185, 185, 185, 102, 108, 945, 946, 910, 900, 169, 931];

/// Hashes the index, so that neighboring accounts differ.
pub(crate) const fn scatter(index: u64) -> u64 {
    let mut bits = index.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

fn account(out: &mut impl Write, index: u64, failing: bool, style: &str) -> io::Result<()> {
    const NAMES: [&str; 5] =
        ["Everyday Checking", "High Yield Savings", "Rewards Card", "Rollover IRA", "Home Loan"];
    const TYPES: [&str; 5] = ["checking", "savings", "creditCard", "ira", "mortgage"];
    let bits = scatter(index);
    let kind = (bits >> 8) as usize % 5;
    let fails = bits % 100 < if failing { 90 } else { 8 };
    let code = if fails { CODES[(bits >> 16) as usize % CODES.len()] } else { 0 };
    let attempt = 1_760_000_000 + bits % 86_400;
    let success = if fails { attempt - 86_400 * (1 + (bits >> 24) % 9) } else { attempt };
    let gap = if style.starts_with('\n') { style } else { "" };
    write!(
        out,
        "{gap}{{{gap}\"id\":\"{id}\",\"number\":\"xxxx{last4}\",{gap}\"realAccountNumberLast4\":\"{last4}\",\
         \"accountNumberDisplay\":\"{last4}\",\"name\":\"{name}\",{gap}\"balance\":{balance}.{cents:02},\
         \"type\":\"{kind}\",\"aggregationStatusCode\":{code},\"status\":\"active\",{gap}\"customerId\":\"{customer}\",\
         \"institutionId\":\"{institution}\",\"balanceDate\":{success},{gap}\"aggregationSuccessDate\":{success},\
         \"aggregationAttemptDate\":{attempt},\"createdDate\":1690000000,{gap}\"lastUpdatedDate\":{success},\
         \"currency\":\"USD\",\"lastTransactionDate\":{success},{gap}\"oldestTransactionDate\":1690000000,\
         \"institutionLoginId\":{login},{gap}\"detail\":{{\"availableBalanceAmount\":{balance}.{cents:02},\
         \"periodInterestRate\":0.25,\"openDate\":1609459200,\"interestMarginBalance\":0}},{gap}\"displayPosition\":{position},\
         \"accountNickname\":\"{name}\",\"marketSegment\":\"personal\",\"authorizationStartDate\":1690000000,\
         \"authorizationEndDate\":1790000000,\"authorizationExpires\":false,\"parentAccount\":\"{parent}\"",
        id = 7_000_000_000 + index,
        last4 = format_args!("{:04}", bits % 10_000),
        name = NAMES[kind],
        kind = TYPES[kind],
        balance = (bits >> 20) % 100_000,
        cents = (bits >> 12) % 100,
        customer = 1_005_000_000 + index / 4,
        institution = 102_000 + (bits >> 32) % 300,
        login = 1_007_000_000 + index / 2,
        position = index % 9,
        parent = 7_000_000_000 + index,
    )?;
    if style == "transactions" {
        out.write_all(b",\"transactions\":[")?;
        for transaction in 0..20 {
            let comma = if transaction > 0 { "," } else { "" };
            write!(
                out,
                "{comma}{{\"id\":{},\"amount\":-{}.{:02},\"description\":\"Card purchase {transaction}\",\"postedDate\":{attempt}}}",
                9_000_000_000 + index * 20 + transaction,
                (bits >> transaction) % 500,
                (bits >> (transaction + 3)) % 100,
            )?;
        }
        out.write_all(b"]")?;
    }
    write!(out, "{gap}}}")
}
