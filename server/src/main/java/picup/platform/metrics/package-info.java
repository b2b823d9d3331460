/// What operators watch.
@NullMarked
package picup.platform.metrics;

import org.jspecify.annotations.NullMarked;
