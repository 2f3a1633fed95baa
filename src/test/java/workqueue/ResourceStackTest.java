package workqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourceStackTest {
  private final List<String> closed = new ArrayList<>();
  private final ResourceStack stack = new ResourceStack("outcome.exact");

  private AutoCloseable closing(String name) {
    return () -> closed.add(name);
  }

  private AutoCloseable failing(String name) {
    return () -> {
      closed.add(name);
      throw new IllegalStateException(name + " does not close");
    };
  }

  @Test
  void closesWhatWasOpenedLastFirst() {
    stack.push(closing("cluster"));
    stack.push(closing("namespace"));
    stack.push(closing("watch"));

    stack.close();

    assertThat(closed).containsExactly("watch", "namespace", "cluster");
  }

  @Test
  void aFailureKeepsNothingElseFromBeingClosedAndAllAreTold() {
    stack.push(closing("cluster"));
    stack.push(failing("broker"));
    stack.push(closing("namespace"));
    stack.push(failing("watch"));

    assertThatThrownBy(stack::close)
        .isInstanceOf(EnvironmentTrouble.class)
        .hasMessage("Could not clean up after outcome.exact: watch does not close")
        .hasSuppressedException(new IllegalStateException("broker does not close"));
    assertThat(closed).containsExactly("watch", "namespace", "broker", "cluster");
  }

  @Test
  void closesNothingTwice() {
    stack.push(closing("cluster"));
    stack.close();
    stack.close();

    assertThat(closed).containsExactly("cluster");
  }

  @Test
  void sparesWhatIsToBeLookedAt() {
    AutoCloseable cluster = stack.push(closing("cluster"));
    stack.push(closing("watch"));

    stack.close(each -> each == cluster);

    assertThat(closed).containsExactly("watch");
  }

  @Test
  void leavesAloneWhatOthersHaveClosed() {
    AutoCloseable cluster = stack.push(closing("cluster"));
    stack.push(closing("watch"));
    stack.remove(cluster);

    stack.close();

    assertThat(closed).containsExactly("watch");
  }
}
