package workqueue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import workqueue.cluster.ApiJson;
import workqueue.history.ApiEvent.Difference;

class ComparisonTest {
  @Test
  void tellsNothingOfWhatTheApiNumbersAndDates() {
    assertThat(
            compare(
                "{'metadata':{'name':'p'},'spec':{'a':1}}",
                "{'metadata':{'name':'p','uid':'u','resourceVersion':'1','managedFields':[1],"
                    + "'creationTimestamp':'x','generation':1},'spec':{'a':1},'status':{'b':2}}"))
        .isEmpty();
  }

  @Test
  void tellsWhatIsNewAndGoneAndOther() {
    assertThat(
            compare(
                "{'spec':{'kept':1,'gone':true,'other':'a'}}",
                "{'spec':{'kept':1,'new':{'x':1},'other':'b'}}"))
        .containsExactlyInAnyOrder(
            new Difference("spec.gone", "true", ""),
            new Difference("spec.new", "", "{\"x\":1}"),
            new Difference("spec.other", "a", "b"));
  }

  @Test
  void knowsElementsOfListsByTheirNames() {
    assertThat(
            compare(
                "{'c':[{'name':'a','image':'x'},{'name':'b'}]}",
                "{'c':[{'name':'new'},{'name':'b'},{'name':'a','image':'y'}]}"))
        .containsExactlyInAnyOrder(
            new Difference("c[a].image", "x", "y"),
            new Difference("c[new]", "", "{\"name\":\"new\"}"));
  }

  @Test
  void takesWhatIsEmptyForWhatIsNotThere() {
    assertThat(compare("{'a':{},'b':[]}", "{'a':null,'c':{}}")).isEmpty();
  }

  @Test
  void tellsNoPassword() {
    assertThat(compare("{'url':'amqp://guest:secret@host'}", "{}"))
        .containsExactly(new Difference("url", "amqp://guest:***@host", ""));
  }

  private static List<Difference> compare(String sent, String returned) {
    return Comparison.of(json(sent), json(returned));
  }

  private static JsonNode json(String text) {
    return ApiJson.read(text.replace('\'', '"'));
  }
}
