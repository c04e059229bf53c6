//! The card's side of T=0 (ISO/IEC 7816-3 §10 and §12), TPDU by TPDU.

/// A card at T=0.
#[derive(Debug, Default)]
pub struct CardT0 {
    /// An answer that waits for GET RESPONSE.
    waiting: Vec<u8>,
}

impl CardT0 {
    /// Takes a TPDU and gives data and status word.
    pub fn receive(&mut self, tpdu: &[u8], execute: &mut dyn FnMut(&[u8]) -> Vec<u8>) -> Vec<u8> {
        let Some((&[class, instruction, p1, p2, p3], data)) = tpdu.split_first_chunk() else {
            return vec![0x67, 0x00];
        };
        let header = [class, instruction, p1, p2];
        if instruction == 0xC0 {
            return self.fetch(p3);
        }
        self.waiting.clear();
        if !data.is_empty() {
            return self.incoming(header, data, execute);
        }
        // A card knows which of its instructions give data.
        if p3 == 0 && instruction == 0x20 {
            return execute(&header);
        }
        let mut answer = execute(&[&header[..], &[p3]].concat());
        let given = answer.len().saturating_sub(2);
        let wanted = length(p3);
        if answer.ends_with(&[0x90, 0x00]) && given > 0 && given < wanted {
            // Nothing is done until Le is right.
            return vec![0x6C, u8::try_from(given).unwrap_or(0)];
        }
        if given > wanted {
            answer.drain(wanted..given);
        }
        answer
    }

    /// A TPDU with data: an answer with data of its own waits.
    fn incoming(
        &mut self,
        header: [u8; 4],
        data: &[u8],
        execute: &mut dyn FnMut(&[u8]) -> Vec<u8>,
    ) -> Vec<u8> {
        let mut apdu = header.to_vec();
        apdu.push(u8::try_from(data.len()).unwrap_or(0));
        apdu.extend(data);
        if header[1] == 0x2A {
            apdu.push(0);
        }
        let answer = execute(&apdu);
        match answer.len().saturating_sub(2) {
            0 => answer,
            bytes => {
                self.waiting = answer;
                vec![0x61, u8::try_from(bytes).unwrap_or(0)]
            }
        }
    }

    fn fetch(&mut self, p3: u8) -> Vec<u8> {
        let Some(there) = self.waiting.len().checked_sub(2) else { return vec![0x69, 0x85] };
        let wanted = length(p3);
        if wanted > there {
            return vec![0x6C, u8::try_from(there).unwrap_or(0)];
        }
        let part: Vec<u8> = self.waiting.drain(..wanted).collect();
        let rest = there - wanted;
        let status = if rest == 0 {
            std::mem::take(&mut self.waiting)
        } else {
            vec![0x61, u8::try_from(rest).unwrap_or(0)]
        };
        [part, status].concat()
    }
}

fn length(p3: u8) -> usize {
    if p3 == 0 { 256 } else { usize::from(p3) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_waits_and_is_fetched_in_parts() {
        let mut card = CardT0::default();
        let mut execute = |_: &[u8]| vec![1, 2, 3, 0x90, 0];
        assert_eq!(card.receive(&[0x80, 0x2A, 0, 0x80, 1, 9], &mut execute), [0x61, 3]);
        assert_eq!(card.receive(&[0x80, 0xC0, 0, 0, 0], &mut execute), [0x6C, 3]);
        assert_eq!(card.receive(&[0x80, 0xC0, 0, 0, 2], &mut execute), [1, 2, 0x61, 1]);
        assert_eq!(card.receive(&[0x80, 0xC0, 0, 0, 1], &mut execute), [3, 0x90, 0]);
        assert_eq!(card.receive(&[0x80, 0xC0, 0, 0, 1], &mut execute), [0x69, 0x85]);
        assert_eq!(card.receive(&[0, 0xB0, 0, 0, 0], &mut execute), [0x6C, 3]);
        assert_eq!(card.receive(&[0, 0xB0, 0, 0, 3], &mut execute), [1, 2, 3, 0x90, 0]);
        assert_eq!(card.receive(&[0, 0xB0, 0, 0, 1], &mut execute), [1, 0x90, 0]);
    }
}
