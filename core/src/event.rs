//! Commands and events of all areas, each under the name of its area.

use crate::archive::{DossierCommand, DossierEvent};
use crate::disclosure::{DisclosureCommand, DisclosureEvent};
use crate::drawing::{DrawingCommand, DrawingEvent};
use crate::follow_up::closing::{ClosingCommand, ClosingEvent};
use crate::follow_up::clue::{ClueCommand, ClueEvent};
use crate::follow_up::listing::{ListingCommand, ListingEvent};
use crate::follow_up::penalty::{PenaltyCommand, PenaltyEvent};
use crate::follow_up::rectification::{RectificationCommand, RectificationEvent};
use crate::follow_up::sanction::{SanctionCommand, SanctionEvent};
use crate::inspection::{InspectionCommand, InspectionEvent};
use crate::oversight::training::{TrainingCommand, TrainingEvent};
use crate::oversight::warning::{IndicatorCommand, IndicatorEvent, WarningCommand, WarningEvent};
use crate::plan::annual::{PlanCommand, PlanEvent};
use crate::plan::call::{CallCommand, CallEvent};
use crate::plan::conference::{ConferenceCommand, ConferenceEvent};
use crate::plan::joint_list::{JointListCommand, JointListEvent};
use crate::plan::scheme::{SchemeCommand, SchemeEvent};
use crate::publication::{PublicationCommand, PublicationEvent};
use crate::register::guide::{GuideCommand, GuideEvent};
use crate::register::inspector::{InspectorCommand, InspectorEvent};
use crate::register::item::{ItemCommand, ItemEvent};
use crate::register::target::{TargetCommand, TargetEvent};
use crate::sharing::{SharingCommand, SharingEvent};
use crate::withholding::{WithholdingCommand, WithholdingEvent};
use serde::{Deserialize, Serialize};

/// Lists the areas once for commands and events.
macro_rules! areas {
    ($($(#[$doc:meta])* $area:ident($command:ty, $event:ty)),* $(,)?) => {
        /// What somebody asks for.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "kebab-case")]
        pub enum Command {
            $($(#[$doc])* $area($command),)*
        }

        /// What happened.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "kebab-case")]
        pub enum Event {
            $($(#[$doc])* $area($event),)*
        }

        $(
            impl From<$command> for Command {
                fn from(command: $command) -> Self {
                    Self::$area(command)
                }
            }

            impl From<$event> for Event {
                fn from(event: $event) -> Self {
                    Self::$area(event)
                }
            }
        )*
    };
}

areas! {
    /// Conferences: article 7.
    Conference(ConferenceCommand, ConferenceEvent),
    /// The joint list: article 3.
    JointList(JointListCommand, JointListEvent),
    /// Annual plans: article 5.
    AnnualPlan(PlanCommand, PlanEvent),
    /// Clues: article 11.
    Clue(ClueCommand, ClueEvent),
    /// Indicators: article 9.
    Indicator(IndicatorCommand, IndicatorEvent),
    /// Warnings: article 9.
    Warning(WarningCommand, WarningEvent),
    /// Item lists: article 13.
    Item(ItemCommand, ItemEvent),
    /// Target registers: articles 10, 14.
    Target(TargetCommand, TargetEvent),
    /// Inspector registers: article 15.
    Inspector(InspectorCommand, InspectorEvent),
    /// Guides: article 16.
    Guide(GuideCommand, GuideEvent),
    /// Schemes: articles 2, 3, 16, 17.
    Scheme(SchemeCommand, SchemeEvent),
    /// Calls and answers: article 6.
    Call(CallCommand, CallEvent),
    /// Draws and matchings: articles 18, 19.
    Drawing(DrawingCommand, DrawingEvent),
    /// Inspections: articles 19, 20.
    Inspection(InspectionCommand, InspectionEvent),
    /// Sharing: article 8.
    Sharing(SharingCommand, SharingEvent),
    /// The use of data: article 26.
    Disclosure(DisclosureCommand, DisclosureEvent),
    /// What is not published: article 3.
    Withholding(WithholdingCommand, WithholdingEvent),
    /// Guidance and training: article 27.
    Training(TrainingCommand, TrainingEvent),
    /// Dossiers: article 24.
    Dossier(DossierCommand, DossierEvent),
    /// Results and their publicity: articles 21, 25.
    Publication(PublicationCommand, PublicationEvent),
    /// Rectifications: article 22.
    Rectification(RectificationCommand, RectificationEvent),
    /// Listings: article 23.
    Listing(ListingCommand, ListingEvent),
    /// Penalties: article 12.
    Penalty(PenaltyCommand, PenaltyEvent),
    /// Joint sanctions: article 12.
    Sanction(SanctionCommand, SanctionEvent),
    /// Closed inspections: article 22.
    Closing(ClosingCommand, ClosingEvent),
}
