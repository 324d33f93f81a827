//! Likely outages, and the accounts in them.

use super::*;

/// Returns the snapshots before and after `down` of an institution's `all` accounts got this code.
fn institution(down: usize, all: usize, logins: usize, code: Code) -> [Vec<Account<'static>>; 2] {
    let id = |number: usize| -> &'static str { number.to_string().leak() };
    let snapshot = |down: usize| {
        (0..all)
            .map(|number| Account {
                institution_id: Some("102105"),
                institution_login_id: Some(id(number % logins)),
                ..account(id(number), Some(if number < down { code } else { 0 }))
            })
            .collect()
    };
    [snapshot(0), snapshot(down)]
}

#[test]
fn an_outage_affects_ten_logins_and_a_fifth_of_the_accounts() {
    let outages = |down, all, logins, code| {
        let changes = changes(&institution(down, all, logins, code));
        let count = changes.outages().len();
        let folded = changes.iter().filter(|change| changes.is_in_outage(change)).count();
        assert_eq!(folded, if count > 0 { down } else { 0 });
        count
    };
    assert_eq!(outages(10, 50, 50, 910), 1);
    assert_eq!(outages(10, 51, 51, 910), 0);
    assert_eq!(outages(9, 9, 9, 910), 0);
    assert_eq!(outages(10, 20, 9, 910), 0);
    // Accounts whose customer must act are never folded, however many there are.
    assert_eq!(outages(500, 500, 500, 103), 0);
    assert_eq!(outages(500, 500, 500, 900), 0);
}

#[test]
fn an_outage_has_its_accounts_logins_and_share() {
    let changes = changes(&institution(24, 60, 12, 910));
    let [outage] = changes.outages() else {
        panic!("{:?}", changes.outages());
    };
    assert_eq!((outage.institution_id.as_str(), outage.code), ("102105", 910));
    assert_eq!((outage.accounts, outage.logins), (24, 12));
    assert!((outage.share - 0.4).abs() < 1e-9);
}

#[test]
fn accounts_that_had_the_code_before_are_not_a_new_outage() {
    let [_, down] = institution(50, 60, 50, 910);
    assert_eq!(changes(&[down.clone(), down]).outages(), []);
}

#[test]
fn an_account_that_disappeared_is_in_no_outage() {
    let [mut healthy, mut down] = institution(30, 60, 60, 910);
    let gone = Account {
        institution_id: Some("102105"),
        institution_login_id: Some("gone"),
        ..account("gone", Some(910))
    };
    healthy.push(gone);
    down.truncate(60);
    let changes = changes(&[healthy, down]);
    assert_eq!(changes.outages()[0].accounts, 30);
    let gone = changes.iter().find(|change| change.kind() == ChangeKind::Disappeared);
    assert!(!changes.is_in_outage(&gone.unwrap()));
}

#[test]
fn the_accounts_of_an_outage_add_up_without_those_that_had_the_code_before() {
    let [_, old] = institution(5, 60, 60, 910);
    let [_, mut new] = institution(30, 60, 60, 910);
    new.push(Account {
        institution_id: Some("102105"),
        institution_login_id: Some("new"),
        ..account("new", Some(910))
    });
    let changes = changes(&[old, new]);
    let folded = |kind| {
        let of_kind = changes.iter().filter(|change| change.kind() == kind);
        of_kind.filter(|change| changes.is_in_outage(change)).count()
    };
    assert_eq!(folded(ChangeKind::Broken), 25);
    assert_eq!(folded(ChangeKind::Appeared), 1);
    assert_eq!(folded(ChangeKind::StillFailing), 0);
    assert_eq!(changes.count(ChangeKind::StillFailing), 5);
    assert_eq!(changes.outages()[0].accounts, 26);
}
