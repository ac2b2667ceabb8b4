use std::fmt::{self, Write};
use std::sync::Arc;

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

use crate::PlatformError;

/// How much a line matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, uniffi::Enum)]
pub enum LogLevel {
    /// Something has to be looked at.
    Error,
    /// Something went another way than planned.
    Warn,
    /// The course of things.
    Info,
    /// For developers.
    Debug,
}

/// Takes the log of this library, for example to Android's Logcat. It names ids, never what people wrote.
#[uniffi::export(with_foreign)]
pub trait LogSink: Send + Sync {
    /// One line. It may be called on any thread.
    fn log(&self, level: LogLevel, target: String, line: String) -> Result<(), PlatformError>;
}

/// Sends the log of this library to `sink`, from `least` on. Only the first call of a process counts; returns whether it
/// was this one.
#[uniffi::export]
pub fn start_log(sink: Arc<dyn LogSink>, least: LogLevel) -> bool {
    let layer = ToSink { sink, least };
    tracing_subscriber::registry().with(layer).try_init().is_ok()
}

struct ToSink {
    sink: Arc<dyn LogSink>,
    least: LogLevel,
}

fn level(level: Level) -> LogLevel {
    match level {
        Level::ERROR => LogLevel::Error,
        Level::WARN => LogLevel::Warn,
        Level::INFO => LogLevel::Info,
        _ => LogLevel::Debug,
    }
}

impl<S: Subscriber> Layer<S> for ToSink {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let about = event.metadata();
        let level = level(*about.level());
        // Other libraries' chatter stays out.
        if level > self.least || !about.target().starts_with("fieldbook") {
            return;
        }
        let mut line = Line(String::new());
        event.record(&mut line);
        // A sink that fails has nobody to tell.
        let _ = self.sink.log(level, about.target().to_owned(), line.0);
    }
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let between = if self.0.is_empty() { "" } else { " " };
        let _ = match field.name() {
            "message" => write!(self.0, "{between}{value:?}"),
            name => write!(self.0, "{between}{name}={value:?}"),
        };
    }
}
