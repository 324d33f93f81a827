//! The lists in `docs/repair.md` match the catalog.

use std::collections::BTreeSet;

use statuscode::account::Code;

use super::codes_where;

#[test]
fn the_repair_page_lists_the_codes_that_block_the_nightly_batch() {
    let page = include_str!("../../../docs/repair.md");
    let section = page.split("## What blocks the nightly batch").nth(1).unwrap();
    let list = section.split("\n\n").nth(2).unwrap();
    let listed: BTreeSet<Code> = list
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect();
    let blocking = codes_where(|entry| entry.blocks_nightly_batch == Some(true));
    assert_eq!(listed, blocking);
}

#[test]
fn the_repair_page_lists_the_codes_that_data_connect_fix_repairs() {
    let page = include_str!("../../../docs/repair.md");
    let section = page.split("## What Data Connect Fix repairs").nth(1).unwrap();
    let table = section.split("\n\n").nth(2).unwrap();
    let listed: BTreeSet<Code> = table
        .lines()
        .filter_map(|row| row.split('|').nth(1))
        .flat_map(|cell| cell.split(','))
        .filter_map(|code| code.trim().parse().ok())
        .collect();
    assert_eq!(listed, codes_where(|entry| entry.connect_fix));
}
