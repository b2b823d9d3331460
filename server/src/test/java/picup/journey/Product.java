package picup.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import picup.PicupApplication;
import picup.platform.Ids;
import picup.platform.TestDatabase;

/// The whole product, running: a real port, a real PostgreSQL, real decoders, a temporary data folder. Started once a
/// test run; the founder is there, and each test signs up members of its own.
final class Product {
    private static final class Running {
        static final Path DATA = temporary();
        static final ConfigurableApplicationContext CONTEXT = start();
        static final Person FOUNDER = Person.signUp(address(), "founder");

        private static Path temporary() {
            try {
                return Files.createTempDirectory("picup-journey");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static ConfigurableApplicationContext start() {
            var database = TestDatabase.empty();
            var application = new SpringApplication(PicupApplication.class, InterfaceDescription.class);
            application.setRegisterShutdownHook(false);
            var context = application.run("--server.port=0", "--picup.sign-up=open", "--picup.data=" + DATA, "--picup.database.url=" + database.url(),
                    "--picup.database.username=" + database.username(), "--picup.database.password=" + database.password());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                context.close();
                delete(DATA);
            }));
            return context;
        }

        private static void delete(Path folder) {
            try (var paths = Files.walk(folder)) {
                paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Product() {}

    static String address() {
        var server = ((ServletWebServerApplicationContext) Running.CONTEXT).getWebServer();
        return "http://127.0.0.1:" + java.util.Objects.requireNonNull(server).getPort();
    }

    static Path data() {
        return Running.DATA;
    }

    static <T> T part(Class<T> type) {
        return Running.CONTEXT.getBean(type);
    }

    static void publish(Object event) {
        Running.CONTEXT.publishEvent(event);
    }

    /// Who was first and therefore administers, signed in anew.
    static Person founder() {
        return Person.signIn(Running.FOUNDER.address(), "founder");
    }

    /// A new person, signed in.
    static Person newPerson() {
        return Person.signUp(address(), "person-" + Ids.next());
    }

    /// A new person who looks after the instance.
    static Person newAdministrator() {
        var name = "administrator-" + Ids.next();
        Person.signUp(address(), name);
        part(JdbcClient.class).sql("update member.account set administrator = true where username = :name").param("name", name).update();
        return Person.signIn(address(), name);
    }

    /// Somebody without an account.
    static Person stranger() {
        return new Person(address(), null);
    }
}
