//! The table of causes.

use super::super::{Os, Trouble, Way};
use super::{Proof, Remedy};
use crate::fault::Who;
use Os::{Android, ChromeOs, Ios, Linux, MacOs, Windows};
use Proof::{Seen, Unknown, Written};
use Trouble::{
    Busy, Card, Hanging, Malformed, NoWebUsb, NotFound, Protected, Refused, Silent, Unplugged, Unsupported,
};
use Way::{Open, Port100, Port400};
use Who::{Administrator, ComputerKeeper, You};

/// A row.
const fn row(
    (of, on, with): (&'static [Trouble], &'static [Os], &'static [Way]),
    (who, proof): (Who, Proof),
    cause: &'static str,
    steps: &'static [&'static str],
) -> Remedy {
    Remedy { of, on, with, cause, who, steps, proof }
}

/// Likely causes first.
pub(super) const REMEDIES: &[Remedy] = &[
    // Not found.
    row(
        (&[NotFound], &[], &[]),
        (You, Seen),
        "このページには、まだリーダーを使う許可がありません。",
        &[
            "ケーブルを差してから「リーダーを選ぶ」を押し、ブラウザの一覧から選んでください。",
            "一覧が空のときは、ケーブルを別の差し込み口に差し直してください。",
        ],
    ),
    row(
        (&[NotFound], &[], &[]),
        (You, Unknown),
        "製造番号を持たないリーダーは、抜くと許可が忘れられることがあります。",
        &["差し直すたびに「リーダーを選ぶ」からもう一度選んでください。"],
    ),
    row(
        (&[NotFound], &[], &[]),
        (ComputerKeeper, Written),
        "ブラウザの管理設定で、リーダーをあらかじめ許可できます。",
        &[
            "ChromeとEdgeの管理設定 WebUsbAllowDevicesForUrls に、このページのアドレスとリーダーのUSB番号を書いてください。",
            "DefaultWebUsbGuardSetting と WebUsbBlockedForUrls で禁じられていないか確かめてください。",
        ],
    ),
    // Held by somebody else.
    row(
        (&[Busy], &[], &[]),
        (You, Seen),
        "別のアプリや、このページを開いた別のタブがリーダーを使っています。",
        &[
            "かけはしを開いた別のタブやウィンドウを閉じてください。",
            "マイナ資格確認アプリ、利用者クライアントソフト、NFCポートソフトウェアなど、カードを読むアプリを終了してください。",
        ],
    ),
    row(
        (&[Busy, Refused, Hanging], &[Windows], &[Port100]),
        (ComputerKeeper, Written),
        "Windowsでは、ソニーのドライバーがRC-S380を持っています。ブラウザが開けるのは、WinUSBというドライバーのときだけです。",
        &[
            "ドライバーをWinUSBに替えると、このページから使えます(Zadigなどの道具を使い、パソコンの管理者が行います)。",
            "替えると、ソニーのソフトウェアや、ほかのマイナンバーカード用アプリでは、このリーダーが使えなくなります。元に戻すには、ソニーのドライバーを入れ直します。",
            "替えられないときは、番号で調べてください。",
        ],
    ),
    row(
        (&[Busy, Refused, Hanging], &[Windows], &[Port400]),
        (ComputerKeeper, Unknown),
        "WindowsでRC-S300がそのまま開けるかは、資料によって書かれていることが違います。",
        &[
            "デバイスマネージャーで、RC-S300の2つ目の機能(MI_01)のドライバーがWinUSBかどうかを見てください。",
            "WinUSBでないときは、Zadigなどの道具でその機能だけを替える方法があります。替えると、ほかのカード用アプリでRC-S300が使えなくなります。",
            "NFCポートソフトウェアが動いているときは、止めてからお試しください。",
        ],
    ),
    row(
        (&[Busy, Refused, Hanging], &[Windows], &[Open]),
        (ComputerKeeper, Unknown),
        "メーカーのドライバーがリーダーを持っていることがあります。",
        &[
            "デバイスマネージャーで、リーダーのドライバーがWinUSBかどうかを見てください。",
            "Zadigなどの道具でWinUSBに替えると、ほかのカード用アプリではこのリーダーが使えなくなります。ほかで使うパソコンでは替えないでください。",
        ],
    ),
    row(
        (&[Hanging], &[Windows], &[]),
        (ComputerKeeper, Written),
        "Windowsでは、別のドライバーがリーダーを持っていると、開く操作が終わらないことがあります。",
        &[
            "ケーブルを抜いて、ブラウザをすべて閉じ、差し直してから開いてください。",
            "続くときは、上のドライバーの項目を確かめてください。",
        ],
    ),
    row(
        (&[Busy, Refused], &[MacOs], &[]),
        (You, Written),
        "macOSでは、設定なしで使えるとされています。macOS自身が持つのは、クラス0Bの機能だけです。",
        &[
            "ほかのカード用アプリを終了し、差し直してください。",
            "それでも開けないときは、下の報告をコピーしてサポート窓口に送ってください。リーダーごとの違いは確かめられていません。",
        ],
    ),
    row(
        (&[Busy], &[Linux], &[Port100]),
        (ComputerKeeper, Written),
        "Linuxでは、カーネルの port100 という部品がRC-S380を持ちます。",
        &[
            "「sudo modprobe -r port100」で外せます。",
            "次からも外すには、/etc/modprobe.d/ のファイルに「blacklist port100」と書いてください。",
        ],
    ),
    row(
        (&[Busy], &[Linux], &[Open, Way::Protected, Way::Unlisted]),
        (ComputerKeeper, Written),
        "Linuxでは、pcscd がリーダーを持っていることがあります。クラスFFのリーダーも持ちます。",
        &[
            "「sudo systemctl stop pcscd.socket pcscd.service」で止められます。",
            "止めている間、ほかのカード用アプリは使えません。",
        ],
    ),
    row(
        (&[Busy, Silent, Malformed], &[Linux], &[Port400]),
        (ComputerKeeper, Unknown),
        "pcscd はRC-S300の別の機能を使うため、同時に使えるはずですが、互いにじゃまをするかもしれません。",
        &["「sudo systemctl stop pcscd.socket pcscd.service」で止めてから、もう一度お試しください。"],
    ),
    row(
        (&[Busy, Refused], &[ChromeOs], &[]),
        (ComputerKeeper, Unknown),
        "ChromeOSでは、「スマートカード コネクタ」がリーダーを持っていることがあります。",
        &["この拡張機能を止めてから、リーダーを差し直してください。"],
    ),
    row(
        (&[Busy, Refused], &[Android], &[]),
        (You, Written),
        "Androidでは、別のアプリがリーダーを使っているか、USBの使用を許可していません。",
        &[
            "ほかのカード用アプリを終了し、差し直して、表示される確認で許可してください。",
            "RC-S380をAndroidのChromeで使った例はあります。RC-S300は確かめられていません。",
        ],
    ),
    // Refused.
    row(
        (&[Refused], &[Linux], &[]),
        (ComputerKeeper, Written),
        "Linuxで、リーダーを開く権限がありません。",
        &[
            "udevの規則を /etc/udev/rules.d/ に置いてください。ソニーの例:SUBSYSTEM==\"usb\", ATTR{idVendor}==\"054c\", MODE=\"0660\", TAG+=\"uaccess\" 。ほかのメーカーは054cを替えます。",
            "snapのChromiumでは「sudo snap connect chromium:raw-usb」も必要です。",
            "そのあと、ケーブルを差し直してください。",
        ],
    ),
    row(
        (&[Refused], &[], &[]),
        (You, Written),
        "ブラウザの設定で、このページのUSBの使用が止められています。",
        &["アドレス欄の左のボタンから「サイトの設定」を開き、「USBデバイス」を許可してください。"],
    ),
    row(
        (&[Refused], &[], &[]),
        (Administrator, Written),
        "このページを置いているサーバーが、USBの使用を許していません。",
        &["サーバーが返す Permissions-Policy に usb=() がないか確かめてください。usb=(self) が必要です。"],
    ),
    // Class 0x0B.
    row(
        (&[Protected], &[], &[]),
        (ComputerKeeper, Seen),
        "このリーダーにはクラス0Bの機能しかありません。ブラウザは、ふつうのページにこれを使わせません。設定や管理の方針では変えられません。",
        &[
            "下の「リーダーの一覧」で「使える見込み」か「実験中」のリーダーを選んでください。",
            "リーダーを替えずに、番号と本人の同意で調べることもできます。",
        ],
    ),
    row(
        (&[Protected], &[ChromeOs], &[]),
        (ComputerKeeper, Written),
        "管理されたChromeOSでは、署名した専用アプリ(Isolated Web App)にすると使えます。",
        &["Chrome 143からは、Googleの許可リストに載ったアプリだけを入れられます。"],
    ),
    row(
        (&[Unsupported], &[], &[]),
        (ComputerKeeper, Written),
        "この機器は、知られている方法でカードを読むリーダーではありません。",
        &[
            "選んだものがカードリーダーかどうか、名前を確かめてください。",
            "下の「リーダーの一覧」にあるリーダーにつなぎ替えるか、番号で調べてください。",
        ],
    ),
    // Underway.
    row(
        (&[Unplugged], &[], &[]),
        (You, Seen),
        "ケーブルが抜けたか、リーダーの電源が切れました。",
        &[
            "ケーブルを差し直してください。差せば、この画面が見つけます。",
            "繰り返すときは、ハブを通さずに差すか、ケーブルを替えてください。",
        ],
    ),
    row(
        (&[Silent, Hanging, Malformed], &[], &[]),
        (You, Written),
        "リーダーが動かなくなっているか、前の使いかけが残っています。",
        &[
            "ケーブルを抜き、少し待って差し直してください。",
            "続くときは、ブラウザをすべて閉じてから開いてください。",
        ],
    ),
    row(
        (&[Silent, Malformed, Card], &[], &[Port400]),
        (You, Unknown),
        "RC-S300でマイナンバーカードを読む手順は、実物では試されていません。",
        &[
            "下の報告をコピーして、サポート窓口に送ってください。次の版の手がかりになります。",
            "急ぐときは、番号で調べてください。",
        ],
    ),
    row(
        (&[Malformed], &[], &[]),
        (Who::Makers, Unknown),
        "このリーダーに、まだ知られていない癖があります。",
        &["下の報告をコピーして、サポート窓口に送ってください。"],
    ),
    row(
        (&[Card], &[], &[]),
        (You, Written),
        "カードが置かれていないか、位置や向きが合っていません。",
        &[
            "置くリーダーでは、カードを中央に平らに置き、ほかのカードやスマートフォンを離してください。",
            "差し込むリーダーでは、ICチップの面を合わせて奥まで入れてください。",
            "マイナンバーカードを使ってください。ほかのカードや、スマートフォンの中の証明書はこの試験では使えません。",
        ],
    ),
    // The browser.
    row(
        (&[NoWebUsb], &[Windows, MacOs, Linux, ChromeOs, Android, Os::Other], &[]),
        (You, Written),
        "リーダーを使う機能(WebUSB)があるのは、Google ChromeとMicrosoft Edgeです。FirefoxとSafariにはありません。",
        &[
            "Google Chrome または Microsoft Edge で、https で始まるアドレスを開いてください。",
            "番号で調べることは、どのブラウザでもできます。",
        ],
    ),
    row(
        (&[NoWebUsb, NotFound, Busy, Refused, Unsupported], &[Ios], &[]),
        (You, Written),
        "iPhoneとiPadには、リーダーを使えるブラウザがありません。",
        &["パソコンかChromebook、Androidの端末で開くか、番号で調べてください。"],
    ),
];
