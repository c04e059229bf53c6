//! Why something may not be seen: the codes of [`crate::access::Denial`], and of consents.

use super::{Fault, Who};

/// In the order of their codes.
pub(super) static FAULTS: &[Fault] = &[
    Fault {
        code: "UPS-130",
        what: "この種類の事業所には、この情報は表示されません。",
        who: Who::Municipality,
        next: "必要なときは、本人または担当の介護支援専門員に確かめてください。",
        again: false,
    },
    Fault {
        code: "UPS-131",
        what: "この職種のユーザには、この情報は表示されません。",
        who: Who::Administrator,
        next: "担当の介護支援専門員のユーザで見てください。職種の登録が違うときは、事業所の管理者に伝えてください。",
        again: false,
    },
    Fault {
        code: "UPS-132",
        what: "この情報を見ることについて、本人の同意が記録されていません。",
        who: Who::You,
        next: "本人または代理の方に同意をいただき、同意を記録してください。",
        again: false,
    },
    Fault {
        code: "UPS-133",
        what: "本人の同意が撤回されたため、表示できません。",
        who: Who::You,
        next: "印刷したものや写しがあれば、事業所の決まりに従って扱ってください。もう一度見るには、新しい同意が必要です。",
        again: false,
    },
    Fault {
        code: "UPS-134",
        what: "本人の同意の期限が過ぎたため、表示できません。",
        who: Who::You,
        next: "本人または代理の方に、もう一度同意をいただいてください。",
        again: false,
    },
    Fault {
        code: "UPS-135",
        what: "要支援の方の認定情報は、地域包括支援センターに表示されます。",
        who: Who::Municipality,
        next: "担当の地域包括支援センターに確かめてください。",
        again: false,
    },
    Fault {
        code: "UPS-136",
        what: "要介護の方の認定情報は、担当の居宅介護支援事業所に表示されます。",
        who: Who::Municipality,
        next: "担当の居宅介護支援事業所に確かめてください。",
        again: false,
    },
    Fault {
        code: "UPS-137",
        what: "ケアプランの担当が、別の事業所または自己作成として届け出られています。",
        who: Who::Municipality,
        next: "担当が変わったときは、居宅サービス計画作成依頼(変更)届出書を出してください。",
        again: false,
    },
    Fault {
        code: "UPS-138",
        what: "主治医がケアプランの作成などへの利用に同意していないため、主治医意見書は表示されません。",
        who: Who::Municipality,
        next: "必要なときは、主治医に直接おたずねください。",
        again: false,
    },
    Fault {
        code: "UPS-139",
        what: "表示できるのは、最新のものと前回のものだけです。",
        who: Who::Municipality,
        next: "それより前のものが必要なときは、市区町村の窓口に確かめてください。",
        again: false,
    },
    Fault {
        code: "UPS-140",
        what: "別の保険者の被保険者の情報です。",
        who: Who::Municipality,
        next: "その方の保険者に確かめてください。",
        again: false,
    },
    Fault {
        code: "UPS-141",
        what: "閲覧の記録を見られるのは、事業所の管理者だけです。",
        who: Who::Administrator,
        next: "管理者ユーザでサインインしてください。",
        again: false,
    },
    Fault {
        code: "UPS-142",
        what: "同意の記録に、足りないところか合わないところがあります。",
        who: Who::You,
        next: "同意した方、同意の範囲、日付、期限を確かめてください。",
        again: true,
    },
    Fault {
        code: "UPS-143",
        what: "この申請は見つかりません。",
        who: Who::You,
        next: "一覧を読み込み直して、もう一度選んでください。",
        again: true,
    },
];
