//! The cards of the development set (docs/api.md §8). PIN of all: 1234.

use super::jpki::{AuthCertificate, Issued, Jpki, Signer};
use crate::PlatformError;
use crate::layout::{self, Layout};
use crate::seed::demo::{self, Demo};
use kakehashi_card::{Attributes, CardFile, CardKind};
use kakehashi_domain::calendar::Time;

const YEAR: i64 = 365 * 86_400;

/// Issues and writes all cards, and the revocation lists that go with them.
pub(super) fn make(layout: &Layout, jpki: &Jpki, now: Time) -> Result<(), PlatformError> {
    let set = Set { layout, jpki };
    let good = |name: &str| AuthCertificate::good(name, now);
    let [hanako, taro] = [&demo::HANAKO, &demo::TARO];

    set.card("hanako", hanako, &format!("{}(普通のカード)", hanako.plain_name()), 3, &good("K4NAKO0001"))?;
    let older = AuthCertificate {
        signer: Signer::Older,
        not_before: now.plus(-4 * YEAR),
        not_after: now.plus(YEAR),
        ..good("K4TARO0001")
    };
    set.card("taro", taro, &format!("{}(古い世代の発行元のカード)", taro.plain_name()), 3, &older)?;
    let expired = AuthCertificate {
        signer: Signer::Older,
        not_before: now.plus(-6 * YEAR),
        not_after: now.plus(-YEAR),
        ..good("K4EXPIRED01")
    };
    set.card("expired", &demo::KIYOSHI, "電子証明書の期限が切れたカード", 3, &expired)?;
    let revoked =
        set.card("revoked", &demo::SACHIKO, "電子証明書が失効したカード", 3, &good("K4REVOKED01"))?;
    let foreign = AuthCertificate { signer: Signer::Stranger, ..good("K4FOREIGN01") };
    set.card("foreign", hanako, "発行元が本物でないカード(名前だけ同じ)", 3, &foreign)?;
    set.card("unbound", &demo::MIDORI, "介護保険と結びついていないカード", 3, &good("K4UNBOUND01"))?;
    set.card("blocked", hanako, "暗証番号がロックされたカード", 0, &good("K4BLOCKED01"))?;
    set.card("last-try", hanako, "暗証番号の残りが1回のカード", 1, &good("K4LASTTRY01"))?;
    set.write(&CardFile::other())?;

    jpki.write_revocation_lists(&layout.jpki(), std::slice::from_ref(&revoked.serial), now)
}

struct Set<'a> {
    layout: &'a Layout,
    jpki: &'a Jpki,
}

impl Set<'_> {
    fn card(
        &self,
        id: &str,
        holder: &Demo,
        label: &str,
        tries_left: u8,
        wanted: &AuthCertificate,
    ) -> Result<Issued, PlatformError> {
        let issued = self.jpki.issue(wanted)?;
        self.write(&CardFile {
            id: id.to_owned(),
            label: label.to_owned(),
            kind: CardKind::MyNumber,
            pin: "1234".to_owned(),
            tries_left,
            auth_key: Some(issued.key.clone()),
            auth_certificate: Some(issued.certificate.clone()),
            auth_ca: Some(issued.ca.clone()),
            attributes: Some(Attributes {
                name: holder.name.to_owned(),
                address: holder.address.to_owned(),
                birth: holder.birth.to_owned(),
                sex: if holder.female { "2" } else { "1" }.to_owned(),
            }),
            ..CardFile::other()
        })?;
        Ok(issued)
    }

    fn write(&self, card: &CardFile) -> Result<(), PlatformError> {
        let json = card.to_json().map_err(PlatformError::pki)?;
        layout::write_secret(&self.layout.cards().join(format!("{}.json", card.id)), &json)
    }
}
