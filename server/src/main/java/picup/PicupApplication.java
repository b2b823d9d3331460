package picup;

import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.modulith.Modulithic;
import picup.platform.PicupSettings;
import picup.platform.database.PostgresServer;

/// The one artifact. Without configuration this process is member, storage and worker at once, and starts its own PostgreSQL.
@SpringBootApplication
@ConfigurationPropertiesScan
@Modulithic(systemName = "Picup")
public class PicupApplication {
    public static void main(String[] arguments) {
        var application = new SpringApplication(PicupApplication.class);
        application.addListeners((ApplicationListener<ApplicationEnvironmentPreparedEvent>) event -> startPostgres(event.getEnvironment()));
        application.run(arguments);
    }

    /// PostgreSQL needs as long as Spring does; started here, they start side by side.
    private static void startPostgres(Environment environment) {
        if (environment.getProperty("picup.database.url") == null) {
            PostgresServer.startEarly(new PicupSettings(Path.of(environment.getProperty("picup.data", "data"))).data());
        }
    }
}
