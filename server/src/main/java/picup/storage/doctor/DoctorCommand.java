package picup.storage.doctor;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import picup.platform.CannotStart;
import picup.platform.database.PostgresServer;
import picup.storage.blob.BlobStores;
import tools.jackson.databind.json.JsonMapper;

/// `./picup doctor [--json] [--data DIR]`. Ends with 0 when nothing is broken, with 1 when something is, with 2 when it was asked wrongly.
public final class DoctorCommand {
    private static final String USAGE = "./picup doctor [--json] [--data DIR]";

    private DoctorCommand() {}

    public static void main(String[] arguments) {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        System.exit(run(new ArrayList<>(List.of(arguments))));
    }

    private static int run(List<String> words) {
        boolean json = words.remove("--json");
        if (words.size() != 2 || !words.getFirst().equals("--data")) {
            System.err.println(USAGE);
            return 2;
        }
        var findings = examine(Path.of(words.get(1)).toAbsolutePath().normalize());
        System.out.println(json ? json(findings) : text(findings));
        return findings.stream().anyMatch(each -> each.level() == Finding.Level.BAD) ? 1 : 0;
    }

    private static List<Finding> examine(Path data) {
        if (!Files.isDirectory(data)) {
            return List.of(Finding.bad("data folder", "There is no folder " + data + ".", "Say with --data or PICUP_DATA where Picup keeps its data, or mount its disk."));
        }
        var findings = new ArrayList<Finding>();
        try {
            findings.addAll(new MachineChecks(data).all());
        } catch (IOException e) {
            findings.add(Finding.bad("data folder", "It cannot be looked at: " + e + ".", "Check its disk (dmesg) and mount it again."));
        }
        findings.addAll(withDatabase(data));
        return findings;
    }

    private static List<Finding> withDatabase(Path data) {
        var findings = new ArrayList<Finding>();
        try (var server = server(data)) {
            var source = new SingleConnectionDataSource(server.jdbcUrl(), server.username(), server.password(), true);
            try {
                var sql = JdbcClient.create(source);
                findings.addAll(new DatabaseChecks(sql).all());
                if (Files.isDirectory(data.resolve("originals/incoming"))) {
                    try (var stores = BlobStores.ofEnvironment(data)) {
                        findings.addAll(new OriginalsChecks(sql, stores.originals()).all());
                    }
                }
            } finally {
                source.destroy();
            }
        } catch (CannotStart e) {
            findings.add(Finding.bad("database", e.getMessage(), e.remedy()));
        } catch (DataAccessException e) {
            findings.add(Finding.bad("database", "It does not answer as this Picup expects: " + Objects.requireNonNull(e.getMostSpecificCause()).getMessage(),
                    "If it is one of your own, check PICUP_DATABASE_URL, user and password; otherwise start this Picup once and look into its log."));
        } catch (BindException e) {
            findings.add(Finding.bad("settings", String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage()), "Picup does not start so either; docs/configuration.md lists what is allowed."));
        } catch (IOException e) {
            findings.add(Finding.bad("originals", "They cannot be read: " + e + ".", "Check their disk (dmesg) and the rights of %s; where they are in S3, the bucket.".formatted(data.resolve("originals"))));
        }
        return findings;
    }

    private static PostgresServer server(Path data) {
        var url = System.getenv("PICUP_DATABASE_URL");
        return url == null || url.isBlank()
                ? PostgresServer.forOperator(data)
                : new PostgresServer(url, or(System.getenv("PICUP_DATABASE_USERNAME"), "picup"), or(System.getenv("PICUP_DATABASE_PASSWORD"), ""), () -> {});
    }

    private static String or(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }

    private static String text(List<Finding> findings) {
        var lines = new ArrayList<String>();
        for (var finding : findings) {
            lines.add("%-5s %-12s %s".formatted(finding.level().text(), finding.about(), finding.says()));
            if (finding.next() != null) {
                lines.add(" ".repeat(19) + "→ " + finding.next());
            }
        }
        return String.join("\n", lines);
    }

    private static String json(List<Finding> findings) {
        return new JsonMapper().writeValueAsString(findings.stream().map(each -> {
            var fields = new java.util.LinkedHashMap<String, @Nullable String>(Map.of("about", each.about()));
            fields.put("level", each.level().text());
            fields.put("says", each.says());
            fields.put("next", each.next());
            return fields;
        }).toList());
    }
}
