//! Why a 届出 was not taken, or nothing can be done with it.

use super::{Fault, Who};

/// In the order of their codes.
pub(super) static FAULTS: &[Fault] = &[
    Fault {
        code: "UPS-150",
        what: "この届出は、前に送ったものと内容が違います。",
        who: Who::Makers,
        next: "前に送った届出の結果を「届出」の一覧で確かめてください。直したいときは、新しい届出として作り直してください。",
        again: false,
    },
    Fault {
        code: "UPS-151",
        what: "届出の署名を確かめられませんでした。届出は提出されていません。",
        who: Who::You,
        next: "下書きは残っています。もう一度内容を確認して、提出し直してください。続くときは、サポート窓口に番号を伝えてください。",
        again: false,
    },
    Fault {
        code: "UPS-152",
        what: "この人の届出がもう1件、市町村の確認を待っています。今回の届出は提出されていません。",
        who: Who::You,
        next: "待っている届出を「届出」の一覧で確かめてください。内容を直すときは、その届出を差し替えるか、取り下げてから提出してください。一覧にないときは、別の事業所か窓口からの届出です。市町村に確かめてください。",
        again: false,
    },
    Fault {
        code: "UPS-153",
        what: "本人確認が済んでいないか、期限が過ぎています。届出は提出されていません。",
        who: Who::You,
        next: "カードを読み取るか、身元確認書類(写真付き1点、写真なし2点)を確かめてから、提出し直してください。",
        again: false,
    },
    Fault {
        code: "UPS-154",
        what: "このユーザは、この届出を提出できません。届出は提出されていません。",
        who: Who::Administrator,
        next: "居宅介護支援事業所か地域包括支援センターの職員のユーザで提出してください。職種の登録が違うときは、事業所の管理者に伝えてください。",
        again: false,
    },
    Fault {
        code: "UPS-155",
        what: "届出の内容に、合わないところがあります。届出は提出されていません。",
        who: Who::You,
        next: "被保険者番号、保険者番号、日付を確かめて、提出し直してください。",
        again: false,
    },
    Fault {
        code: "UPS-156",
        what: "この届出は、別のユーザか別の端末で確認されたものです。",
        who: Who::You,
        next: "確認したときのユーザでサインインして、確認したときの端末から送ってください。",
        again: false,
    },
    Fault {
        code: "UPS-157",
        what: "この届出は見つかりません。",
        who: Who::You,
        next: "受付番号を確かめ、一覧を開き直してください。",
        again: false,
    },
    Fault {
        code: "UPS-158",
        what: "市町村がもう確認を終えたか、窓口・郵送の届出のため、この画面では取り下げられません。",
        who: Who::Municipality,
        next: "一覧を開き直して、いまの状態を確かめてください。受理された届出を変えたいときは、新しい届出を出すか、市町村に連絡してください。",
        again: false,
    },
    Fault {
        code: "UPS-159",
        what: "差し替える届出が見つからないか、差し替えられない状態です。今回の届出は提出されていません。",
        who: Who::You,
        next: "「届出」の一覧で前の届出の状態を確かめて、提出し直してください。",
        again: false,
    },
];
