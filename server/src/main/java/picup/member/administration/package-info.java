/// What administrators do about members. None of it shows what members keep.
@NullMarked
package picup.member.administration;

import org.jspecify.annotations.NullMarked;
