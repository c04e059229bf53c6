//! Why something may not be seen.

use crate::code::coded;

coded! {
    /// Why not. The codes are those of the catalogue in [`crate::fault`], which has the words.
    Denial {
        /// The right to view is over.
        Over = "UPS-120" "閲覧期限が過ぎた";
        /// Nobody of this office has a right to view this person.
        NotYours = "UPS-121" "閲覧する権限がない";
        /// This kind of office does not see this.
        Service = "UPS-130" "事業所の種類";
        /// This job does not see this.
        Job = "UPS-131" "職種";
        /// No consent covers this.
        NoConsent = "UPS-132" "同意がない";
        /// Consent was withdrawn.
        Withdrawn = "UPS-133" "同意が撤回された";
        /// The consent's time is over.
        ConsentOver = "UPS-134" "同意の期限が過ぎた";
        /// 要支援: through the 地域包括支援センター.
        Support = "UPS-135" "要支援は地域包括支援センター";
        /// 要介護: through the 居宅介護支援事業所.
        Care = "UPS-136" "要介護は居宅介護支援事業所";
        /// The plan is made by another office.
        OtherOffice = "UPS-137" "担当は別の事業所";
        /// The doctor has not agreed.
        Doctor = "UPS-138" "主治医の同意がない";
        /// Neither the latest nor the previous one.
        Old = "UPS-139" "最新と前回のものだけ";
        /// Another insurer's.
        OtherInsurer = "UPS-140" "別の保険者";
        /// For the office's administrator.
        Administrator = "UPS-141" "管理者だけ";
    }
}

coded! {
    /// How old a document is among those of its kind.
    Age {
        Latest = "latest" "最新";
        Previous = "previous" "前回";
        Older = "older" "それより前";
    }
}
