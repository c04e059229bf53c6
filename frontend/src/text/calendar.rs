//! Words of the month view and of the calendar file.

use super::upcoming;
use domain::upcoming::Upcoming;

catalogue! {
    /// Words of the month view.
    Calendar, calendar {
        title: "月の予定",
        waiting: "利用者の期限を調べています",
        before: "前の月",
        after: "次の月",
        today: "今月",
        print: "印刷",
        keys: "矢印キーで日、Home・Endで週の初めと終わり、PageUp・PageDownで月を移ります。Enterでその日の内容に移ります。",
        grid: "予定表",
        none: "この日の予定はありません。",
        none_month: "この月の予定はありません。",
        nobody: "利用者一覧がまだ空です。加えると、期限がここに並びます。",
        add: "利用者一覧を作る",
        unseen: "閲覧期限が切れている人の予定は含みません。",
        past: "過ぎた日には、認定や限度額認定証が切れたことだけが残ります。",
        today_mark: "今日",
        back: "今日へ戻る",
        file: "カレンダーファイル(.ics)",
        file_lead: "今日より後の予定を、ほかのカレンダーソフトで読める形にします。かけはしの外に出るファイルです。",
        file_topics: "入れるもの",
        topic_certification: "認定と更新申請",
        topic_share: "負担割合",
        topic_limit: "負担限度額認定証",
        topic_restriction: "給付制限",
        topic_insurer: "保険者の開始",
        file_who: "だれの予定かの書き方",
        who_nobody: "書かない(人数だけ)",
        who_nobody_more: "だれの予定かは、かけはしで確かめます。",
        who_initials: "頭文字",
        who_initials_more: "例:ヤ・ハ。身近な人には、だれかがわかることがあります。",
        who_names: "氏名",
        who_names_more: "例:山田 花子",
        warning: "個人の情報が、かけはしの守りの外に出ます",
        warning_more: "カレンダーは、スマートフォンやほかの人と共有されることがあります。このファイルを開くカレンダーを見られる人が、事業所の職員だけであることを確かめてください。",
        agreed: "カレンダーを見られる人が、事業所の職員だけであることを確かめました",
        agreed_missing: "カレンダーを見られる人を確かめてください",
        topics_missing: "入れるものを選んでください",
        make: "ファイルを作る",
        made: "ファイルを作りました。ダウンロードの場所を確かめてください。",
        not_made: "ブラウザがファイルを作れませんでした。ダウンロードが許されているかを、このパソコンの管理者に聞いてください。急ぐときは印刷を使えます。",
        nothing: "選んだものに、今日より後の予定はありません。",
        see: "だれの予定かは、かけはしの「今日」か「月の予定」で確かめてください。",
    }
}

/// ほか2件
pub fn more(count: usize) -> String {
    format!("ほか{count}件")
}

/// 更新申請の締切 3人
pub fn counted(what: &Upcoming, clients: usize) -> String {
    format!("{} {clients}人", upcoming::title(what))
}

/// 更新申請の締切 ヤ・ハ
pub fn summary(what: &Upcoming, who: &str) -> String {
    [upcoming::title(what), " ", who].concat()
}
