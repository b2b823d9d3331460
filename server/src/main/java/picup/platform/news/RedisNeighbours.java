package picup.platform.news;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picup.platform.Ids;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisURIHelper;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// News over a channel of Redis (PUBLISH and SUBSCRIBE), from two threads of its own with a connection each.
///
/// **A Redis that is down, slow or frozen costs a request nothing**: [#tell] puts the news into a short queue, and drops it
/// when that is full. The mouth takes from the queue, and after a failure drops the news at hand, hangs up and pauses; news
/// that is a minute old is worth nothing, so nothing is tried twice.
///
/// **A dead line is noticed**: the mouth says something at least every [#HEARTBEAT], the ear hears it as well, and one that
/// hears nothing for [#SILENCE] calls again.
///
/// A plain blocking client, as there are exactly two connections; one built on an event loop would bring its threads and
/// 8 MB of libraries into every process that has no Redis.
final class RedisNeighbours implements Neighbours, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisNeighbours.class);
    private static final int MOST_WAITING = 1024;
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final News<String> ALIVE = new News<>(new Topic<>("alive", String.class), "");

    private final String self = Ids.next().toString();
    private final BlockingQueue<News<?>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final List<Listener<?>> listeners = new CopyOnWriteArrayList<>();
    private final HostAndPort address;
    private final JedisClientConfig config;
    private final String channel;
    private final JsonMapper json;
    private final Thread mouth;
    private final Thread ear;
    private volatile @Nullable Jedis listening;
    private volatile boolean closed;

    private record News<T>(Topic<T> topic, T news) {}

    private record Listener<T>(Topic<T> topic, Consumer<T> consumer) {}

    /// As it travels.
    private record Envelope(String from, String topic, JsonNode news) {}

    RedisNeighbours(URI url, String channel, Duration timeout, JsonMapper json) {
        this.address = JedisURIHelper.getHostAndPort(url);
        this.config = DefaultJedisClientConfig.builder(url)
                .timeoutMillis((int) timeout.toMillis())
                .blockingSocketTimeoutMillis((int) SILENCE.toMillis())
                .clientName("picup")
                .build();
        this.channel = channel;
        this.json = json;
        this.mouth = Thread.ofVirtual().name("news-out").start(this::speak);
        this.ear = Thread.ofVirtual().name("news-in").start(this::listen);
    }

    @Override
    public <T> void tell(Topic<T> topic, T news) {
        if (!waiting.offer(new News<>(topic, news))) {
            LOG.debug("Too much news is waiting; dropped one of {}", topic.name());
        }
    }

    @Override
    public <T> void hear(Topic<T> topic, Consumer<T> listener) {
        listeners.add(new Listener<>(topic, listener));
    }

    private void speak() {
        var line = new Line("tell", () -> {
            try (var redis = new Jedis(address, config)) {
                while (!closed) {
                    var news = waiting.poll(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
                    redis.publish(channel, written(news == null ? ALIVE : news));
                }
            }
        });
        line.keepUp();
    }

    private String written(News<?> news) {
        return json.writeValueAsString(new Envelope(self, news.topic.name(), json.valueToTree(news.news)));
    }

    private void listen() {
        var line = new Line("hear", () -> {
            try (var redis = new Jedis(address, config)) {
                listening = redis;
                redis.subscribe(new JedisPubSub() {
                    @Override
                    public void onSubscribe(String name, int channels) {
                        LOG.info("Hearing news of other processes over {}", address);
                    }

                    @Override
                    public void onMessage(String name, String message) {
                        heard(message);
                    }
                }, channel);
            }
        });
        line.keepUp();
    }

    private void heard(String message) {
        try {
            var envelope = json.readValue(message, Envelope.class);
            if (!envelope.from.equals(self)) {
                listeners.forEach(listener -> handOver(listener, envelope));
            }
        } catch (RuntimeException e) {
            LOG.error("News cannot be dealt with", e); // and the next may be better
        }
    }

    private <T> void handOver(Listener<T> listener, Envelope envelope) {
        if (listener.topic.name().equals(envelope.topic)) {
            listener.consumer.accept(json.treeToValue(envelope.news, listener.topic.type()));
        }
    }

    @Override
    public void close() {
        closed = true;
        mouth.interrupt();
        ear.interrupt();
        var open = listening;
        if (open != null) {
            open.disconnect();
        }
    }

    private interface Call {
        /// Until the line breaks.
        void run() throws InterruptedException;
    }

    /// A connection that is made again whenever it has broken. Says once that it is broken, however often it tries.
    private final class Line {
        private final String what;
        private final Call call;
        private boolean said;

        Line(String what, Call call) {
            this.what = what;
            this.call = call;
        }

        void keepUp() {
            try {
                while (!closed) {
                    long began = System.nanoTime();
                    try {
                        call.run();
                    } catch (JedisException e) {
                        broken(e, Duration.ofNanos(System.nanoTime() - began));
                    } catch (RuntimeException e) {
                        LOG.error("News cannot be dealt with", e);
                    }
                    Thread.sleep(PAUSE);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // closed
            }
        }

        private void broken(JedisException e, Duration lasted) {
            said &= lasted.compareTo(SILENCE) < 0;
            if (!closed && !said) {
                LOG.warn("Redis at {} is away, so there is nothing to {}; trying further: {}", address, what, e.getMessage());
                said = true;
            }
        }
    }
}
