//! Words of the page with what proves a 届出.

use domain::calendar::Time;

catalogue! {
    /// Words of the page with what proves a 届出.
    Proof, filing_proof {
        title: "届出の証拠",
        lead: "届け出た内容、端末とカードの署名、受付の控え、市町村の結果を、1つにまとめたものです。だれでも、openssl(公開されている道具)で確かめられます。",
        waiting: "証拠を照会しています",
        gone: "どの届出の証拠かが、わからなくなりました",
        gone_why: "画面を読み込み直すと、選んでいた届出は閉じます。届出のページからもう一度開いてください。",
        save: "証拠をファイルに保存(JSON)",
        print: "印刷する・PDFに保存する",
        back: "前のページへ",
        saved: "保存しました。氏名・住所・被保険者番号が入っています。取り扱いに注意してください。",
        not_saved: "保存できませんでした。ブラウザのダウンロードの設定を確かめてください。",
        file: "todokede-shoko-",
        form: "届け出られた内容",
        form_paper: "紙で受け付けられた届出です。電子の署名はありません。届出書は市町村にあります。",
        identity: "本人確認と本人の確認",
        receipt: "受付の控え",
        number: "受付番号",
        received_at: "受け付けた日時",
        to: "送り先",
        hash: "届出の指紋(SHA-256)",
        key: "届出の鍵(1回だけの番号)",
        account: "届け出たユーザ",
        device: "端末の鍵の指紋",
        made_at: "端末で署名した日時",
        steps: "これまで",
        signatures: "署名",
        signatures_lead: "文字の列は、JSONのファイルと同じものです。",
        by_device: "端末の署名(届出の文)",
        by_receipt: "介護情報基盤の署名(受付の控え)",
        by_decision: "介護情報基盤の署名(市町村の結果)",
        by_card: "カードの署名(本人確認)",
        card_at: "カードで確認した日時",
        card_certificate: "利用者証明用証明書の指紋(SHA-256)",
        check: "確かめ方",
        check_one: "「証拠をファイルに保存(JSON)」で保存します。この紙だけでは、署名の計算はできません。",
        check_two: "手順書(docs/evidence.md)のとおりに、ファイルを文と署名に分けます。",
        check_three: "opensslで、端末・受付の控え・市町村の結果・カードの署名を、1つずつ確かめます。「Verified OK」と出れば、1文字も変わっていません。",
        check_four: "計算した届出の指紋が、上の指紋と受付の控えの指紋に等しいことを見ます。",
        printed: "この紙を作った日時",
    }
}

/// この紙を作った日時:令和8年11月22日 14:05
pub fn printed(now: Time) -> String {
    [filing_proof().printed, ":", &crate::text::format::time(now)].concat()
}
