package picup.platform;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.filter.TypeFilter;

/// Leaves out of the component scan whatever lies in a package of roles that this process does not have: the package's own
/// [InRole] and those of the packages above must all hold.
public class OtherRoles implements TypeFilter, EnvironmentAware {
    private final Map<String, Boolean> known = new HashMap<>();
    private @Nullable Set<Role> roles;

    @Override
    public void setEnvironment(Environment environment) {
        roles = Role.of(environment);
    }

    @Override
    public boolean match(MetadataReader type, MetadataReaderFactory types) throws IOException {
        return !ours(folderOf(type.getClassMetadata().getClassName()), types);
    }

    private boolean ours(String folder, MetadataReaderFactory types) throws IOException {
        var before = known.get(folder);
        if (before != null) {
            return before;
        }
        boolean ours = (folder.isEmpty() || ours(folderOf(folder), types)) && says(folder, types);
        known.put(folder, ours);
        return ours;
    }

    private boolean says(String folder, MetadataReaderFactory types) throws IOException {
        try {
            return roles == null || HasRole.isIn(roles, types.getMetadataReader(folder + ".package-info").getAnnotationMetadata());
        } catch (FileNotFoundException e) {
            return true;
        }
    }

    private static String folderOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }
}
