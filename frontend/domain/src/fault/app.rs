//! The app and the browser.

use super::{Fault, Who};

/// In the order of their codes.
pub(super) static FAULTS: &[Fault] = &[
    Fault {
        code: "APP-001",
        what: "中継サーバーにつながりません。",
        who: Who::Administrator,
        next: "事業所の中継サーバーが動いているか、この端末が事業所のネットワークにつながっているかを確かめてください。",
        again: true,
    },
    Fault {
        code: "APP-002",
        what: "ブラウザが、事業所のネットワークへの接続を許可していません。",
        who: Who::You,
        next: "アドレス欄の左のボタンから「ローカル ネットワークへのアクセス」を許可してください。",
        again: true,
    },
    Fault {
        code: "APP-003",
        what: "インターネットにつながっていません。",
        who: Who::You,
        next: "ネットワークの接続を確かめてください。紙の被保険者証での確認もできます。",
        again: true,
    },
    Fault {
        code: "APP-004",
        what: "返事を読み取れませんでした。",
        who: Who::Makers,
        next: "ページを読み込み直してください。続くときは、サポート窓口に番号を伝えてください。",
        again: true,
    },
    Fault {
        code: "APP-005",
        what: "この端末の鍵を保存できませんでした。",
        who: Who::ComputerKeeper,
        next: "ブラウザのシークレットモードを終了し、サイトのデータの保存を許可してください。",
        again: false,
    },
    Fault {
        code: "APP-006",
        what: "このページは安全な接続(https)で開かれていません。",
        who: Who::Administrator,
        next: "https で始まるアドレスで開いてください。",
        again: false,
    },
    Fault {
        code: "APP-007",
        what: "設定ファイルを読み込めませんでした。",
        who: Who::Administrator,
        next: "このページを置いているサーバーの config.json を確かめてください。",
        again: true,
    },
    Fault {
        code: "APP-008",
        what: "返事に時間がかかりすぎたため、待つのをやめました。",
        who: Who::Time,
        next: "ネットワークを確かめて、もう一度お試しください。",
        again: true,
    },
    Fault {
        code: "APP-009",
        what: "このブラウザでは、必要な暗号の機能を使えません。",
        who: Who::You,
        next: "新しい Google Chrome または Microsoft Edge で開いてください。",
        again: false,
    },
    Fault {
        code: "APP-010",
        what: "時間がたったため、画面をロックしました。",
        who: Who::You,
        next: "パスワードで解除してください。入力していた内容は残っています。",
        again: true,
    },
    Fault {
        code: "APP-011",
        what: "この画面の部品を読み込めませんでした。",
        who: Who::You,
        next: "ネットワークの接続を確かめて、もう一度お試しください。かけはしが新しくなった直後のときは、ページを読み込み直してください。",
        again: true,
    },
    Fault {
        code: "APP-099",
        what: "画面の中で問題が起きました。",
        who: Who::Makers,
        next: "ページを読み込み直してください。続くときは、サポート窓口に番号を伝えてください。",
        again: true,
    },
];
