//! Words of the page 機器の確認.

catalogue! {
    /// Words of the page 機器の確認.
    Device, device {
        title: "機器の確認",
        lead: "このパソコンとカードリーダーで、マイナンバーカードを読めるかを確かめます。暗証番号は使いません。サインインしなくても使えます。",
        back: "はじめの画面へ",
        without: "カードなしで調べる",
        ability: "このブラウザでできること",
        good: "使えます",
        caution: "注意",
        bad: "使えません",
        absent: "なし",
        browser: "ブラウザ",
        browser_bad: "このブラウザには、リーダーを使う機能がありません。Google Chrome か Microsoft Edge で開いてください。",
        browser_caution: "Google Chrome と Microsoft Edge のほかのブラウザでは、確かめられていません。",
        os: "パソコンや端末の種類(OS)",
        os_bad: "iPhoneとiPadには、リーダーを使えるブラウザがありません。番号で調べることはできます。",
        os_caution: "この種類では、確かめられていないことがあります。",
        secure: "安全な接続(https)",
        secure_bad: "https で始まるアドレスで開いてください。",
        usb: "リーダーを使う機能(WebUSB)",
        usb_bad: "Google Chrome か Microsoft Edge で、https で始まるアドレスを開いてください。",
        policy: "このページへのUSBの許可",
        policy_bad: "このページを置いているサーバーが、USBの使用を禁じています(Permissions-Policy)。サーバーの管理者が直せます。",
        policy_caution: "このブラウザは答えません。許可されているかは、リーダーを選ぶとわかります。",
        unrestricted: "署名した専用アプリ(Isolated Web App)",
        unrestricted_absent: "ふつうのページです。クラス0Bの機能しかないリーダーは使えません。",
        unrestricted_caution: "専用アプリですが、クラス0Bのリーダーを使う許可(usb-unrestricted)がありません。",
        smart_card: "OSのカード機能(navigator.smartCard)",
        smart_card_absent: "なくてもかまいません。管理されたChromeOSの専用アプリにだけあります。",
        smart_card_caution: "ありますが、この種類のパソコンでは返事がないことがあります。",
        screen: "画面の大きさ",
        screen_caution: "幅360より狭い画面では、確かめられていません。",
        readers: "つながっているリーダー",
        looking: "リーダーを探しています。",
        none: "このページが使えるリーダーは、まだありません。",
        choose: "リーダーを選ぶ",
        choose_note: "リーダーをつないでから押し、ブラウザの一覧から選んでください。",
        nameless: "名前のわからない機器",
        practice_reader: "練習用のリーダー",
        practice_note: "練習モードでは、本物のリーダーは使いません。下で練習用のカードを置いてください。",
        usb_number: "USB番号",
        way: "つなぎ方",
        way_open: "CCIDという共通の方式(クラスFF)",
        way_protected: "CCIDという共通の方式(クラス0B)。ブラウザがページに使わせません",
        way_port100: "RC-S380の方式(Port-100、クラスFF)",
        way_port400: "RC-S300の方式(Port-400、クラスFF)",
        way_unlisted: "表にない機器です。開くと、使える方式かどうかがわかります",
        interfaces: "機能",
        class_ccid: "(カードリーダー)",
        class_vendor: "(メーカー独自)",
        driven: "使った機能",
        short_open: "CCID・クラスFF",
        short_protected: "CCID・クラス0B",
        short_port100: "Port-100・クラスFF",
        short_port400: "Port-400・クラスFF",
        known: "わかっていること",
        not_in_table: "リーダーの一覧にありません。",
        source_libccid: "出どころ:libccidの記述",
        source_programs: "出どころ:公開プログラム",
        source_numbers: "出どころ:番号だけの一覧",
        tried: "動作確認:済み",
        untried: "動作確認:まだ。人が実物で試していません。",
        untried_short: "動作確認:まだ",
        test: "このリーダーで試す",
        trial: "カードを試しに読む",
        trial_lead: "カードの証明書が読めるところまでを、順に試します。暗証番号は聞かず、残り回数も減りません。マイナンバー(個人番号)は読みません。",
        trial_before: "「このリーダーで試す」を押すと始まります。",
        step_open: "リーダーを開く",
        step_card: "カードを待つ",
        step_power: "カードを起動する",
        step_recognise: "マイナンバーカードか確かめる",
        step_certificate: "証明書を読む",
        step_check: "証明書を確かめる",
        step_tries: "暗証番号の残り回数を聞く",
        put_card: "カードをリーダーに置いてください",
        failed: "できません",
        my_number_card: "マイナンバーカードです",
        resident_card: "住民基本台帳カードです。本人の確認には使えません",
        phone: "スマートフォンの証明書です。本人の確認には使えません",
        unknown_card: "知らない名乗りのカードです",
        valid: "認証局の署名と有効期間は正しいです。失効していないかは確かめていません",
        no_roots: "このページの設定に認証局の証明書がないため、確かめていません",
        stopping: "カードを休ませ、リーダーを離しています",
        stopped: "試験をやめました。",
        released: "カードは安全な状態です。リーダーは離しました。",
        whole: "すべての手順ができました。このリーダーでカードを読めます。",
        whole_note: "カードを取ってください。リーダーは離しました。",
        advice: "うまくいかないとき",
        advice_lead: "困っていることを開くと、考えられる原因と、直せる人がわかります。",
        advice_os: "パソコンや端末の種類",
        table: "リーダーの一覧",
        table_lead: "名前のわかるリーダーです。人が実物で試したものは、まだありません。一覧になくても、使えることがあります。",
        search: "リーダーの名前か番号",
        search_note: "例:RC-S300、054C:0DC8、使える見込み",
        column_reader: "リーダー",
        column_state: "このページから使えるか",
        column_known: "動作確認と出どころ",
        likely: "使える見込み",
        experimental: "実験中",
        closed: "このページからは使えない",
        open: "開くとわかる",
        report: "問い合わせ用の報告",
        report_lead: "コピーされるのは、次の文字だけです。個人の情報、証明書の内容、製造番号、カードの番号は入っていません。",
        report_preview: "コピーされる内容",
        copy: "この報告をコピーする",
        not_copied: "コピーできませんでした。上の文字を選んでコピーしてください。",
    }
}

/// Google Chrome 156
pub fn version(name: &str, version: Option<u32>) -> String {
    version.map_or_else(|| name.to_owned(), |version| format!("{name} {version}"))
}

/// 1280×900
pub fn screen((width, height): (u32, u32)) -> String {
    format!("{width}×{height}")
}

/// 12ミリ秒
pub fn took(milliseconds: u32) -> String {
    format!("{milliseconds}ミリ秒")
}

/// 機能1: クラスFF(メーカー独自)
pub fn interface(number: u8, class: u8, name: &str) -> String {
    format!("機能{number}: クラス{class:02X}{name}")
}

/// 、bulk IN 5・OUT 4(64バイト)
pub fn bulk(input: u8, output: u8, packet: u16) -> String {
    format!("、bulk IN {input}・OUT {output}({packet}バイト)")
}

/// 、割り込み 6
pub fn interrupt(endpoint: u8) -> String {
    format!("、割り込み {endpoint}")
}
