//! The four forms, of the parts they have in common.

use super::parts::{
    ENTRUSTED_OFFICE, HEAD, HEAD_WITH_SEX, HOME_CARE_OFFICE, HOME_CARE_REASONS, MULTI_OFFICE, MULTI_REASON,
    MULTI_SENTENCE, PREVENTIVE_OFFICE, PREVENTIVE_REASON, PREVENTIVE_REASONS, REASON, SAME_MONTH, SENTENCE,
    SIGNATURE,
};
use super::{Block, Definition};
use crate::filing::FormKind;

/// 津市's notes without the city's own office: 速やかに, 届出のない場合は全額負担, 市町村から確認.
const CONFIRMED: &str = "この届出書により届出された事業所に、市町村から確認をとる場合があります。";
const UNFILED: &str = "サービス計画の作成を依頼する事業所を変更するときは、有効開始（変更）日を記入のうえ、必ず届出してください。届出のない場合、サービスに係る費用を一旦、全額自己負担していただくことがあります。";

static MULTI_BLOCKS: [Block; 5] = [HEAD_WITH_SEX, MULTI_OFFICE, MULTI_REASON, SAME_MONTH, SIGNATURE];
const MULTI_NOTES: &[&str] =
    &["この届出書は、利用する事業所が決まり次第速やかに提出してください。", UNFILED, CONFIRMED];

/// All four.
pub(super) static FORMS: [Definition; 4] = [
    Definition {
        form: FormKind::HomeCare,
        title: "居宅サービス計画作成依頼（変更）届出書",
        blocks: &[HEAD, HOME_CARE_OFFICE, REASON, SIGNATURE],
        reasons: HOME_CARE_REASONS,
        sentence: SENTENCE,
        notes: &[
            "この届出書は、居宅サービス計画の作成を依頼する事業所が決まり次第速やかに提出してください。",
            "居宅サービス計画の作成を依頼する事業所を変更するときは、有効開始（変更）日を記入のうえ、必ず届出してください。届出のない場合、サービスに係る費用を一旦、全額自己負担していただくことがあります。",
            CONFIRMED,
        ],
    },
    Definition {
        form: FormKind::SmallMulti,
        title: "居宅（介護予防）サービス計画作成依頼（変更）届出書【小規模多機能型居宅介護】",
        blocks: &MULTI_BLOCKS,
        reasons: &[],
        sentence: MULTI_SENTENCE,
        notes: MULTI_NOTES,
    },
    Definition {
        form: FormKind::NursingSmallMulti,
        title: "居宅サービス計画作成依頼（変更）届出書【看護小規模多機能型居宅介護】",
        blocks: &MULTI_BLOCKS,
        reasons: &[],
        sentence: MULTI_SENTENCE,
        notes: MULTI_NOTES,
    },
    Definition {
        form: FormKind::Preventive,
        title: "介護予防サービス計画作成・介護予防ケアマネジメント依頼（変更）届出書",
        blocks: &[HEAD, PREVENTIVE_OFFICE, ENTRUSTED_OFFICE, PREVENTIVE_REASON, SIGNATURE],
        reasons: PREVENTIVE_REASONS,
        sentence: SENTENCE,
        notes: &[
            "この届出書は、介護予防サービス計画の作成を依頼する事業所が決まり次第速やかに提出してください。",
            "介護予防サービス計画の作成を依頼する介護予防支援事業所又は介護予防支援を受託する居宅介護支援事業所を変更するときは、有効開始（変更）日を記入のうえ、必ず届出してください。届出のない場合、サービスに係る費用を一旦、全額自己負担していただくことがあります。",
            CONFIRMED,
        ],
    },
];
