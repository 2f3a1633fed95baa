package workqueue.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.BeforeAll;

/**
 * A scenario that runs once before all others of its {@link WorkQueueTest}: they are not tried if
 * it fails. Its method is static.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@BeforeAll
public @interface Precondition {
  /** The stable id: {@code <suite>.<what-happens>}. */
  String value();

  /** What happens, in a sentence. */
  String title();
}
