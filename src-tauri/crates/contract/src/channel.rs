//! Channels, through which a page is told something that it did not ask for.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use ts_rs::{Config, TS, TypeVisitor};

/// What a page hands over to be told messages of this type.
#[derive(Deserialize)]
pub struct Channel<M> {
    /// Another one each time a window is loaded.
    pub page: u32,
    /// Which of the page's channels.
    pub id: u32,
    #[serde(skip)]
    messages: PhantomData<fn(M)>,
}

impl<M: TS + 'static> TS for Channel<M> {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;

    fn name(config: &Config) -> String {
        format!("Channel<{}>", M::name(config))
    }

    fn inline(config: &Config) -> String {
        Self::name(config)
    }

    fn visit_dependencies(visitor: &mut impl TypeVisitor) {
        visitor.visit::<M>();
        M::visit_generics(visitor);
    }

    fn visit_generics(visitor: &mut impl TypeVisitor) {
        visitor.visit::<M>();
        M::visit_generics(visitor);
    }
}

/// One message, and which of the page's channels it is for.
#[derive(Debug, Serialize, TS)]
pub struct Message {
    /// The channel's id.
    pub channel: u32,
    /// Of the channel's type.
    #[ts(type = "unknown")]
    pub message: Box<RawValue>,
}
