/// `./picup doctor`: looks at an instance from outside of it, whether it runs or not, and says what is wrong and what to do. It changes
/// nothing, and reads the tables of every module, because nobody is there to be asked when something is broken.
@NullMarked
package picup.storage.doctor;

import org.jspecify.annotations.NullMarked;
