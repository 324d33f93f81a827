//! Reports the records of a document, with the ids that they inherit.

use statuscode::account::OwnedAccount;

use super::super::json::split;
use super::{CUSTOMER, Code, INSTITUTION, Ids, Object, Oracle, Outcome, Pending, find};

impl Oracle {
    /// Returns this id from the nearest of these objects that has one before an offset.
    fn nearest(
        &self,
        id: usize,
        from: Option<usize>,
        before: usize,
        around: &Ids,
    ) -> Option<String> {
        let mut next = from;
        while let Some(index) = next {
            let object = &self.objects[index];
            let of_institution = || {
                let is_one = id == INSTITUTION && object.is_institution;
                is_one.then(|| object.id(4, before)).flatten()
            };
            if let Some(text) = object.id(id, before).or_else(of_institution) {
                return Some(text.clone());
            }
            next = object.parent;
        }
        around[id].clone()
    }

    /// Returns whether an enclosing event deletes accounts.
    fn is_deleted(&self, from: Option<usize>) -> bool {
        let mut next = from;
        while let Some(index) = next {
            let object = &self.objects[index];
            if object.deletes {
                return true;
            }
            next = object.parent;
        }
        self.deleted
    }

    /// Returns whether a string is in an account, so that it is not read.
    fn is_in_account(&self, from: Option<usize>) -> bool {
        self.enclosing(from).any(|index| self.objects[index].is_account)
    }

    fn enclosing(&self, from: Option<usize>) -> impl Iterator<Item = usize> {
        std::iter::successors(from, |&index| self.objects[index].parent)
    }

    /// Returns the innermost enclosing account, unless it contains another. A pending entry is part
    /// of its owner.
    fn owner(&self, from: Option<usize>) -> Option<usize> {
        let mut next = from;
        while let Some(index) = next {
            let object = &self.objects[index];
            if object.is_account {
                return (!object.has_records).then_some(index);
            }
            next = object.parent;
        }
        None
    }

    pub fn conclude(&self, around: &Ids, located: Option<usize>, outcome: &mut Outcome) {
        outcome.invalid += self.invalid;
        let mut inner = vec![Code::Absent; self.objects.len()];
        let mut is_envelope = vec![false; self.objects.len()];
        for (at, from, pending) in &self.pending {
            if let (Some(owner), Pending::Error, Some(body)) = (self.owner(*from), pending, from) {
                inner[owner] = inner[owner].worst(self.objects[*body].code);
            }
            let is_text = matches!(pending, Pending::Text(_));
            if self.owner(*from).is_some() || is_text && self.is_in_account(*from) {
                continue;
            }
            let nearest = |from, id| self.nearest(id, from, usize::MAX, around);
            let ids = |from| std::array::from_fn(|id| nearest(from, id));
            match (pending, from) {
                (Pending::Text(text), from) => {
                    if split(text.as_bytes()).is_some() {
                        let (deleted, at) = (self.is_deleted(*from), located.or(Some(*at)));
                        let mut inside = Outcome::default();
                        find(text, &ids(*from), deleted, self.depth + 1, at, &mut inside);
                        let has_account =
                            inside.invalid > 0 || inside.accounts.iter().any(|it| !it.1.api_error);
                        for index in self.enclosing(*from) {
                            is_envelope[index] |= has_account;
                        }
                        outcome.invalid += inside.invalid;
                        outcome.accounts.append(&mut inside.accounts);
                    }
                }
                (Pending::Error, Some(body)) if is_envelope[*body] => {}
                (Pending::Error, Some(body)) => {
                    let object = &self.objects[*body];
                    let mut found: Ids = ids(object.parent);
                    for (id, found) in found.iter_mut().enumerate() {
                        *found = object.id(id, usize::MAX).cloned().or(found.take());
                    }
                    let [id, customer_id, institution_id, institution_login_id] = found;
                    let error = OwnedAccount {
                        id,
                        customer_id,
                        institution_id,
                        institution_login_id,
                        api_error: true,
                        ..OwnedAccount::default()
                    };
                    report(outcome, located.unwrap_or(*at), object, object.code, error);
                }
                (Pending::Error, None) => unreachable!("an error body is an object"),
            }
        }
        for (object, inner) in self.objects.iter().zip(inner) {
            if !object.is_account || object.is_deleted {
                continue;
            }
            let object_id = |id| object.id_with_parts(id).cloned();
            let or_around =
                |id| object_id(id).or_else(|| self.nearest(id, object.parent, object.at, around));
            let account = OwnedAccount {
                id: object_id(4).or_else(|| object_id(0)),
                customer_id: or_around(CUSTOMER),
                institution_id: or_around(INSTITUTION),
                institution_login_id: object_id(3),
                success: object.success,
                attempt: object.attempt,
                ..OwnedAccount::default()
            };
            let code = object.aggregation_code.worst(object.inner_code);
            let code = code.or(object.code).or(inner);
            report(outcome, located.unwrap_or(object.at), object, code, account);
        }
    }
}

fn report(outcome: &mut Outcome, at: usize, object: &Object, code: Code, account: OwnedAccount) {
    match code {
        Code::Bad => outcome.invalid += 1,
        _ if object.is_bad => outcome.invalid += 1,
        Code::Is(code) => outcome
            .accounts
            .push((at, OwnedAccount { aggregation_status_code: Some(code), ..account })),
        Code::Absent | Code::Null => outcome.accounts.push((at, account)),
    }
}
