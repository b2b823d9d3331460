package picup.library.web;

import java.io.IOException;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import picup.library.LibraryChanged;
import picup.library.LockedFolderChanged;
import picup.library.Pictures;
import picup.library.WorkChanged;
import picup.library.album.AlbumChanged;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.news.Neighbours;
import picup.platform.security.EndedSessions;
import picup.platform.security.SignedIn;

/// The browsers that listen. They are told after the commit, so that what they then ask for is there; what a browser
/// misses while it is away, it finds when it connects again and reloads what it shows. Nothing depends on an event
/// arriving.
///
/// **Nobody waits for a browser.** After the commit, the one who changed something still holds its database connection,
/// and a write to a phone that has gone to sleep blocks for 20 seconds: ten changes would take all connections. So each
/// browser has a queue and a thread of its own, and one that falls behind is cut off.
@Component
class LiveBrowsers implements SmartLifecycle {
    /// Tabs and devices of one member; beyond that something is wrong with a client.
    private static final int MOST_PER_MEMBER = 20;

    /// A connection ends with its session, and now and then, should this process not hear that the session ended.
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    /// News that wait for one browser: seconds of an import. What it misses, it reloads.
    private static final int MOST_WAITING = 256;

    private final Map<MemberId, List<Browser>> browsers = new ConcurrentHashMap<>();
    private final EndedSessions endedSessions;
    private final Pictures pictures;
    private volatile boolean running;

    /// @param month         `2024-05`, of where the picture stands now
    /// @param previousMonth where it stood before, when that was elsewhere
    record PictureNews(UUID id, String state, String month, @Nullable String previousMonth) {}

    record TimelineNews(List<String> months) {}

    /// As [AlbumChanged].
    record AlbumNews(UUID id, String change, @Nullable List<UUID> pictures) {}

    /// @param lockings how often pictures were put into the locked folder, ever; a browser that knows fewer drops what it keeps
    record LockedFolderNews(long lockings) {}

    LiveBrowsers(Neighbours neighbours, EndedSessions endedSessions, Pictures pictures) {
        this.endedSessions = endedSessions;
        this.pictures = pictures;
        neighbours.hear(LibraryChanged.TOPIC, this::on);
        neighbours.hear(AlbumChanged.TOPIC, this::on);
        neighbours.hear(LockedFolderChanged.TOPIC, this::on);
        neighbours.hear(WorkChanged.TOPIC, this::on);
        endedSessions.whenEnded(this::end);
    }

    SseEmitter connect(SignedIn signedIn) {
        var member = signedIn.member();
        var emitter = new SseEmitter(LIFETIME.toMillis());
        var mine = browsers.computeIfAbsent(member, each -> new CopyOnWriteArrayList<>());
        if (mine.size() >= MOST_PER_MEMBER) {
            throw Problem.TOO_MANY_ATTEMPTS.because("This member has %d live connections already. Close some tabs.".formatted(mine.size()));
        }
        var browser = new Browser(emitter, signedIn.session());
        mine.add(browser);
        Runnable leave = () -> {
            mine.remove(browser);
            browser.end();
        };
        emitter.onCompletion(leave);
        emitter.onTimeout(leave);
        emitter.onError(error -> leave.run());
        browser.tell(SseEmitter.event().name("hello").data("{}").reconnectTime(2000).build());
        if (endedSessions.contains(signedIn.session())) {
            browser.end(); // while it was coming in, before it could be found
        }
        Thread.ofVirtual().name("live-browser").start(() -> {
            browser.send();
            mine.remove(browser);
        });
        return emitter;
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
    void on(LibraryChanged change) {
        if (nobodyListens(change.owner())) {
            return;
        }
        var months = change.months().stream().map(YearMonth::toString).toList();
        var picture = change.picture();
        if (picture != null && pictures.isLocked(change.owner(), picture)) {
            tell(change.owner(), SseEmitter.event().name("timeline").data(new TimelineNews(List.of()))); // something has changed, and nobody is told what
            return;
        }
        var event = picture == null
                ? SseEmitter.event().name("timeline").data(new TimelineNews(months))
                : SseEmitter.event().name("picture").data(news(picture, change));
        tell(change.owner(), event);
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
    void on(AlbumChanged change) {
        tell(change.owner(), SseEmitter.event().name("album").data(new AlbumNews(change.album(), change.change(), change.pictures())));
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
    void on(LockedFolderChanged change) {
        tell(change.owner(), SseEmitter.event().name("locked-folder").data(new LockedFolderNews(change.lockings())));
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
    void on(WorkChanged change) {
        tell(change.owner(), SseEmitter.event().name("work").data("{}"));
    }

    private boolean nobodyListens(MemberId owner) {
        return browsers.getOrDefault(owner, List.of()).isEmpty();
    }

    private void tell(MemberId owner, SseEmitter.SseEventBuilder event) {
        var parts = event.build();
        browsers.getOrDefault(owner, List.of()).forEach(browser -> browser.tell(parts));
    }

    private void end(UUID session) {
        browsers.values().forEach(listening -> listening.stream().filter(browser -> browser.session.equals(session)).forEach(Browser::end));
    }

    private static PictureNews news(UUID picture, LibraryChanged change) {
        boolean moved = !Objects.equals(change.from(), change.to());
        return new PictureNews(picture, change.state(), String.valueOf(change.to()), moved ? String.valueOf(change.from()) : null);
    }

    @Override
    public void start() {
        running = true;
    }

    /// Streams never end by themselves, and would hold the drain up.
    @Override
    public void stop() {
        running = false;
        browsers.values().forEach(listening -> listening.forEach(Browser::end));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// Before the web server begins to wait for requests in flight.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    private static final class Browser {
        private static final Set<ResponseBodyEmitter.DataWithMediaType> END = Set.of();

        private final SseEmitter emitter;
        private final UUID session;
        private final BlockingQueue<Set<ResponseBodyEmitter.DataWithMediaType>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);

        Browser(SseEmitter emitter, UUID session) {
            this.emitter = emitter;
            this.session = session;
        }

        void tell(Set<ResponseBodyEmitter.DataWithMediaType> event) {
            if (!waiting.offer(event)) {
                end();
            }
        }

        /// Whatever waits is dropped; the stream ends as soon as the write that is under way does.
        void end() {
            do {
                waiting.clear();
            } while (!waiting.offer(END));
        }

        /// Until the end, or until the browser has gone.
        void send() {
            try {
                for (var event = waiting.take(); event != END; event = waiting.take()) {
                    emitter.send(event);
                }
                emitter.complete();
            } catch (IOException | IllegalStateException e) {
                return; // the browser has gone, and the web server ends the stream
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
