/// The way of news through RabbitMQ, for processes that do not share everything. None of it is touched unless
/// `picup.events.broker` is `rabbitmq`.
///
/// ```
/// member.outbox ──publish, confirm, return──▶ exchange picup.member-events
///                                                │ key "storage"
///                                                ▼
///  inbox, listeners ◀──ack after the commit── quorum queue picup.member-events.storage
///                                                │ delivered 20 times, never acknowledged
///                                                ▼
///  storage.dead_letter ◀───────────────────── quorum queue picup.member-events.storage.dead
/// ```
@NullMarked
package picup.events.rabbitmq;

import org.jspecify.annotations.NullMarked;
