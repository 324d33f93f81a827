//! The order of members does not change the answer, with one exception that bounds memory: an
//! account inherits only ids that come before it. Everything else may come in any order.

use proptest::prelude::*;

use super::generated::{self, Tree};
use super::{collected, modes, oracle};
use statuscode::account::OwnedAccount;
use statuscode::input::Options;

/// Folds a key: removes its separators and converts it to lower case, like any spelling of it.
fn folded(name: &str) -> String {
    name.replace(['_', '-'], "").to_lowercase()
}

/// Removes everything that depends on order by the rule: a repeated key, a second part of one
/// account, a `type` that affects more than `records`.
fn orderly(tree: Tree) -> Tree {
    match tree {
        Tree::Scalar(text) => Tree::Scalar(text),
        Tree::Text(inner) => Tree::Text(Box::new(orderly(*inner))),
        Tree::Array(elements) => Tree::Array(elements.into_iter().map(orderly).collect()),
        Tree::Object(members) => {
            let is_deleted = |(name, member): &(String, Tree)| {
                folded(name) == "type"
                    && matches!(member, Tree::Scalar(text) if text == "\"deleted\"")
            };
            let is_event = members.iter().any(is_deleted);
            let mut known: Vec<String> = Vec::new();
            let mut kept = Vec::new();
            for (mut name, member) in members {
                if is_event && matches!(member, Tree::Array(_) | Tree::Object(_)) {
                    "records".clone_into(&mut name);
                }
                let is_part = folded(&name).ends_with("details");
                let once = if is_part { "details".to_owned() } else { folded(&name) };
                if !known.contains(&once) {
                    known.push(once);
                    kept.push((name, orderly(member)));
                }
            }
            Tree::Object(kept)
        }
    }
}

/// Shuffles the members of every object.
fn shuffled(tree: &Tree, random: &mut impl FnMut(usize) -> usize) -> Tree {
    match tree {
        Tree::Scalar(text) => Tree::Scalar(text.clone()),
        Tree::Text(inner) => Tree::Text(Box::new(shuffled(inner, random))),
        Tree::Array(elements) => {
            Tree::Array(elements.iter().map(|element| shuffled(element, random)).collect())
        }
        Tree::Object(members) => {
            let mut others: Vec<_> = members
                .iter()
                .map(|(name, member)| (name.clone(), shuffled(member, random)))
                .collect();
            for index in (1..others.len()).rev() {
                others.swap(index, random(index + 1));
            }
            Tree::Object(others)
        }
    }
}

/// Returns everything that must not depend on order, sorted: all but the ids that accounts inherit.
fn states(found: impl Iterator<Item = OwnedAccount>) -> Vec<String> {
    let states = found.map(|mut account| {
        if !account.api_error {
            (account.customer_id, account.institution_id) = (None, None);
        }
        format!("{account:?}")
    });
    let mut states: Vec<String> = states.collect();
    states.sort();
    states
}

proptest! {
    #![proptest_config(super::random())]

    #[test]
    fn the_order_of_members_matters_only_for_ids_before_an_account(
        documents in prop::collection::vec(generated::document(), 1..4),
        style in generated::style(),
        seed in any::<u64>(),
    ) {
        let documents: Vec<Tree> = documents.into_iter().map(orderly).collect();
        let mut state = seed | 1;
        let mut random = |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state % below as u64).unwrap()
        };
        let others: Vec<Tree> = documents.iter().map(|tree| shuffled(tree, &mut random)).collect();
        let [input, other] = [&documents, &others].map(|trees| generated::written(trees, style));
        let options = Options { block_size: 50, ..Options::on_threads(2) };
        let [read, again] = [&input, &other].map(|text| collected::read(text.as_bytes(), options));
        prop_assert_eq!(modes::found(&again), oracle::outcome(&other).accounts, "{}", other);
        let all = |read: &collected::Collected| {
            states(read.accounts.iter().map(|(account, _)| account.clone()))
        };
        prop_assert_eq!(all(&read), all(&again), "{}\n{}", input, other);
        prop_assert_eq!(read.invalid.len(), again.invalid.len(), "{}\n{}", input, other);
    }
}
