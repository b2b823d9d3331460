package picup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// Whether a start can use the beans as the build found them (Spring's ahead-of-time processing), instead of looking for
/// them anew in all classes: a third of the work of a start.
///
/// What the build found is a Picup without configuration. Settings of beans are read at the start as ever; but which beans
/// there are is fixed, so whatever decides about that makes the start look for itself. Where in doubt, it looks.
final class PreparedBeans {
    /// The settings by which beans come and go; `PreparedBeansTest` finds those that are missing here.
    static final Set<String> DECIDING = Set.of("picup.roles", "picup.events.broker", "picup.mail.host", "picup.metrics.port");

    /// Made by the build, beside the application.
    private static final String MADE = "picup/PicupApplication__ApplicationContextInitializer.class";
    private static final String SWITCH = "spring.aot.enabled";

    private PreparedBeans() {}

    /// To be called before any class of Spring is used, because that looks at the switch once.
    static void useIfTheyFit(String[] arguments) {
        boolean made = PreparedBeans.class.getClassLoader().getResource(MADE) != null;
        if (made && System.getProperty(SWITCH) == null && fit(System.getenv().keySet(), System.getProperties().stringPropertyNames(), arguments, Path.of(""))) {
            System.setProperty(SWITCH, "true");
        }
    }

    /// @param environment names of variables
    /// @param properties  names of Java's properties
    /// @param folder      where Spring Boot looks for files of configuration
    static boolean fit(Set<String> environment, Set<String> properties, String[] arguments, Path folder) {
        var told = Stream.of(
                        environment.stream().map(name -> name.toLowerCase(Locale.ROOT).replace('_', '.')),
                        properties.stream(),
                        Arrays.stream(arguments).filter(argument -> argument.startsWith("--")).map(argument -> argument.substring(2)))
                .flatMap(names -> names);
        return told.noneMatch(PreparedBeans::decides) && files(folder).noneMatch(Files::exists);
    }

    private static boolean decides(String name) {
        return DECIDING.stream().anyMatch(name::startsWith) || name.startsWith("spring.") || name.startsWith("debug");
    }

    /// Spring Boot, "External Application Properties".
    private static Stream<Path> files(Path folder) {
        return Stream.of(folder, folder.resolve("config"))
                .flatMap(each -> List.of("application.yaml", "application.yml", "application.properties").stream().map(each::resolve));
    }
}
