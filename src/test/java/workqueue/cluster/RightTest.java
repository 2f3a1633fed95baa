package workqueue.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RightTest {
  @Test
  void aStayMayMakeAndRemoveAllThatItsRulesLetItMake() {
    for (String verb : new String[] {"create", "delete"}) {
      assertThat(Right.ofStay())
          .filteredOn(each -> each.verb().equals(verb) && each.subresource().isEmpty())
          .extracting(Right::resource)
          .containsAll(Stay.MAKES);
    }
  }
}
