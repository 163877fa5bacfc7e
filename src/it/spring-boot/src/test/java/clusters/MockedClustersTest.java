package clusters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.model.Cluster;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mockito.junit.jupiter.MockitoSettings;
import org.mockito.quality.Strictness;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** Strict stubs: no simulator, no credentials. */
@SpringBootTest(
    classes = {ClustersApplication.class, ClustersController.class},
    webEnvironment = WebEnvironment.MOCK)
@MockitoSettings(strictness = Strictness.STRICT_STUBS)
class MockedClustersTest {

  @MockitoBean private ClustersApi clusters;

  @Test
  void list_stubbed_isReturned(@Autowired ClustersController controller) {
    given(clusters.list()).willReturn(List.of(Cluster.builder("a").build()));

    assertThat(controller.list()).extracting(Cluster::id).containsExactly("a");
  }
}
