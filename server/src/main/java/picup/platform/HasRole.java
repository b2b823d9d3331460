package picup.platform;

import java.util.Arrays;
import java.util.Set;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Whether this process has one of the roles of an [InRole].
class HasRole implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata annotated) {
        return isIn(Role.of(context.getEnvironment()), annotated);
    }

    /// True for what has no [InRole].
    static boolean isIn(Set<Role> roles, AnnotatedTypeMetadata annotated) {
        MergedAnnotation<InRole> where = annotated.getAnnotations().get(InRole.class);
        return !where.isPresent() || Arrays.stream(where.getEnumArray("value", Role.class)).anyMatch(roles::contains);
    }
}
