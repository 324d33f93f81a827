//! Objects: which of them are accounts, which are error bodies, and which merely hold accounts.

use super::{Candidate, Key, Level, Position, Problem, Records, Scalar, Walker, flag};

impl Walker {
    /// The object whose members are being read, if what it says counts, and the store of its texts.
    #[inline(always)]
    fn current(&mut self) -> Option<(&mut Candidate, &mut Vec<u8>)> {
        let level = self.levels.last_mut()?;
        if level.flags() & (flag::OBJECT | flag::INERT) != flag::OBJECT {
            return None;
        }
        if level.flags() & flag::CANDIDATE == 0 {
            level.set(flag::CANDIDATE);
            if self.open_candidates < self.candidates.len() {
                self.candidates[self.open_candidates] = Candidate::default();
            } else {
                self.candidates.push(Candidate::default());
            }
            self.open_candidates += 1;
        }
        Some((
            &mut self.candidates[self.open_candidates - 1],
            &mut self.store,
        ))
    }

    #[inline(always)]
    pub(super) fn meet(&mut self, key: Key, at: usize) {
        let Some((candidate, _)) = self.current() else {
            return;
        };
        if !candidate.meet(key) {
            let position = self.position(at);
            if let Some((candidate, _)) = self.current() {
                candidate.refuse(position, Problem::RepeatedKey(key.name()));
            }
        }
        if matches!(key, Key::AggregationStatusCode | Key::InstitutionLoginId) {
            self.mark_likely();
        }
    }

    fn mark_likely(&mut self) {
        if let Some(level) = self.levels.last_mut()
            && level.flags() & flag::LIKELY == 0
        {
            level.set(flag::LIKELY);
            self.likely += 1;
        }
    }

    pub(super) fn mark_holds(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            level.set(flag::HOLDS);
        }
    }

    #[inline(always)]
    pub(super) fn take(&mut self, key: Key, value: &Scalar<'_>, here: (usize, usize), at: usize) {
        let Some((candidate, _)) = self.current() else {
            return;
        };
        if !candidate.take(key, value, here) {
            let position = self.position(at);
            if let Some((candidate, store)) = self.current() {
                candidate.take_odd(key, value, position, store);
            }
        }
    }

    pub(super) fn take_container(&mut self, key: Key, kind: &'static str, at: Position) {
        if let Some((candidate, _)) = self.current() {
            candidate.take_container(key, kind, at);
        }
    }

    /// Closes the innermost array or object, whose last byte stands at `at`; the index behind it.
    pub(super) fn close(&mut self, bytes: &[u8], at: usize, records: &mut impl Records) -> usize {
        let Some(level) = self.levels.pop() else {
            return at + 1;
        };
        if level.flags() & flag::LIKELY != 0 {
            self.likely -= 1;
        }
        let mut holds = level.flags() & flag::HOLDS != 0;
        if level.flags() & (flag::OBJECT | flag::INERT) == flag::OBJECT {
            let end = self.position(at + 1);
            if level.flags() & flag::CANDIDATE != 0 {
                self.open_candidates -= 1;
                if level.flags() & flag::PART != 0 {
                    self.absorb_part();
                } else {
                    let candidates = std::mem::take(&mut self.candidates);
                    holds |= self.close_object(
                        level,
                        &candidates[self.open_candidates],
                        bytes,
                        end,
                        records,
                    );
                    self.candidates = candidates;
                }
            } else if level.flags() & flag::IN_ACCOUNTS != 0 {
                holds |= self.close_object(level, &Candidate::default(), bytes, end, records);
            }
        }
        if holds {
            self.mark_holds();
        }
        if self.open_candidates == 0 {
            self.store.clear();
        }
        self.state = self.after_value(records);
        at + 1
    }

    /// Adds a part that was just closed to the account that it is a part of.
    fn absorb_part(&mut self) {
        let part = std::mem::take(&mut self.candidates[self.open_candidates]);
        if let Some((account, _)) = self.current() {
            account.absorb(&part);
        }
        if part.has_code() {
            self.mark_likely();
        }
    }

    /// Decides what an object was: whether an account, good or bad, came out of it.
    fn close_object(
        &self,
        level: Level,
        candidate: &Candidate,
        bytes: &[u8],
        end: Position,
        records: &mut impl Records,
    ) -> bool {
        let is = |flag: u8| level.flags() & flag != 0;
        let holds = is(flag::HOLDS);
        let has_login = candidate.has(Key::InstitutionLoginId)
            && (candidate.has(Key::Id)
                || candidate.has(Key::AccountId)
                || candidate.has(Key::Number));
        // Without a code of its own, an object with accounts in it is their envelope.
        let is_account = candidate.has_code() || !holds && (has_login || is(flag::IN_ACCOUNTS));
        let is_error_body = !is_account
            && !holds
            && self.likely == 0
            && candidate.has(Key::Code)
            && (candidate.has(Key::Message) || is(flag::IN_ERROR));
        let read = if is_account {
            candidate.account(bytes, &self.store, |code| records.wants_ids(code))
        } else if is_error_body {
            candidate.error_body()
        } else {
            if let Some((at, problem)) = candidate.repeated_accounts() {
                records.invalid(*at, problem.clone());
            }
            return false;
        };
        match read {
            _ if end.offset - level.offset > self.max_record_size => {
                records.invalid(level.at(), Problem::RecordTooLarge(self.max_record_size));
            }
            Ok(account) => records.account(&account, level.at()),
            Err((at, problem)) => records.invalid(at, problem),
        }
        is_account
    }
}
