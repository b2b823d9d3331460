package picup;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurationExcludeFilter;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.Environment;
import org.springframework.modulith.Modulithic;
import picup.backup.UpgradePostgres;
import picup.platform.DataFolder;
import picup.platform.OtherRoles;
import picup.platform.PicupSettings;
import picup.platform.database.PostgresServer;

/// The one artifact. Without configuration this process is member, storage and worker at once, and starts its own PostgreSQL.
/// With `picup.roles` it is some of them: each package says in its `package-info.java` where it runs
/// ([picup.platform.InRole]), and the scan leaves the others out.
@SpringBootApplication
@ComponentScan(excludeFilters = {
        @Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class), // these two as Spring Boot has them
        @Filter(type = FilterType.CUSTOM, classes = AutoConfigurationExcludeFilter.class),
        @Filter(type = FilterType.CUSTOM, classes = OtherRoles.class)})
@ConfigurationPropertiesScan
@Modulithic(systemName = "Picup")
public class PicupApplication {
    public static void main(String[] arguments) {
        PreparedBeans.useIfTheyFit(arguments);
        var application = new SpringApplication(PicupApplication.class);
        application.addListeners((ApplicationListener<ApplicationEnvironmentPreparedEvent>) event -> startPostgres(event.getEnvironment()));
        application.run(arguments);
    }

    /// PostgreSQL needs as long as Spring does; started here, they start side by side. Not while the build prepares the beans,
    /// which starts nothing.
    private static void startPostgres(Environment environment) {
        if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
            return;
        }
        var data = Binder.get(environment).bindOrCreate("picup", PicupSettings.class).data();
        DataFolder.requireUsable(data);
        if (environment.getProperty("picup.database.url") == null) {
            UpgradePostgres.ifNeeded(data);
            PostgresServer.startEarly(data);
        }
    }
}
