package picup.member;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import picup.platform.BadValue;
import picup.platform.CannotStart;
import picup.platform.MemberId;
import picup.platform.audit.AuditAction;
import picup.platform.audit.AuditSettings;
import picup.platform.database.PostgresServer;

/// `./picup member NAME --new-password | --reset-second-factor | --administrator`: for who owns the machine and has lost the way in.
/// Works on the database, whether Picup runs or not, and asks for nothing that reading the data folder would not give anyway.
public final class MemberCommand {
    private static final String USAGE = "./picup member NAME --new-password | --reset-second-factor | --administrator [--data DIR]";

    /// What they do, and say of it.
    private static final Map<String, BiFunction<MemberCommand, Username, String>> ACTIONS = Map.of(
            "--new-password", MemberCommand::newPassword,
            "--reset-second-factor", MemberCommand::resetSecondFactor,
            "--administrator", MemberCommand::makeAdministrator);

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final MemberAudit audit;

    private MemberCommand(PostgresServer server) {
        var source = new DriverManagerDataSource(server.jdbcUrl(), server.username(), server.password());
        database = JdbcClient.create(source);
        transaction = new TransactionTemplate(new JdbcTransactionManager(source));
        audit = new MemberAudit(database, new AuditSettings(Duration.ofDays(400)), InstantSource.system());
    }

    public static void main(String[] arguments) {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> words) {
        if (words.size() != 4 || !words.get(2).equals("--data") || !ACTIONS.containsKey(words.get(1))) {
            System.err.println(USAGE);
            return 2;
        }
        try (var server = PostgresServer.ofEnvironment(Path.of(words.get(3)).toAbsolutePath().normalize())) {
            var command = new MemberCommand(server);
            var username = Username.of(words.getFirst());
            System.out.println(ACTIONS.get(words.get(1)).apply(command, username));
            return 0;
        } catch (CannotStart e) {
            System.err.println(e.getMessage() + " " + e.remedy());
        } catch (BadValue e) {
            System.err.println(e.getMessage());
        } catch (DataAccessException e) {
            System.err.println("The database does not answer as this Picup expects; start this Picup once, then try again. " + e.getMostSpecificCause().getMessage());
        }
        return 1;
    }

    private String newPassword(Username username) {
        var password = RandomPassword.next();
        String hash = PasswordHashing.argon2id().encode(password);
        transaction.executeWithoutResult(_ -> {
            var member = find(username);
            database.sql("update member.account set password_hash = :hash where id = :id").param("hash", hash).param("id", member.value()).update();
            endSessions(member);
            audit.record(AuditAction.PASSWORD_RESET, null, member);
        });
        return """
                The new password of %s is: %s
                Change it in the settings after signing in. Every device is signed out, at the latest in ten minutes.""".formatted(username.shown(), password);
    }

    private String resetSecondFactor(Username username) {
        transaction.executeWithoutResult(_ -> {
            var member = find(username);
            if (database.sql("delete from member.second_factor where member_id = :id and secret is not null").param("id", member.value()).update() == 0) {
                throw new BadValue(username.shown() + " has no second factor. The password is enough to sign in.");
            }
            endSessions(member);
            audit.record(AuditAction.SECOND_FACTOR_RESET, null, member);
        });
        return """
                %s signs in with the password alone now, and can set up another second factor in the settings.
                Every device is signed out, at the latest in ten minutes.""".formatted(username.shown());
    }

    private String makeAdministrator(Username username) {
        transaction.executeWithoutResult(_ -> {
            var member = find(username);
            database.sql("update member.account set administrator = true where id = :id").param("id", member.value()).update();
            audit.record(AuditAction.MADE_ADMINISTRATOR, null, member);
        });
        return "%s is an administrator now.".formatted(username.shown());
    }

    private void endSessions(MemberId member) {
        database.sql("update member.session set ended_at = now() where member_id = :id and ended_at is null").param("id", member.value()).update();
    }

    private MemberId find(Username username) {
        return database.sql("select id from member.account where username_key = :key").param("key", username.key())
                .query(UUID.class).optional().map(MemberId::new)
                .orElseThrow(() -> new BadValue("Nobody here is called " + username.shown() + "."));
    }
}
