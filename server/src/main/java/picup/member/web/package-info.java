/// The member module over HTTP.
@NullMarked
package picup.member.web;

import org.jspecify.annotations.NullMarked;
