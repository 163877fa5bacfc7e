import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.junit.TypeDBCloudTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@TypeDBCloudTest
class FirstTest {
  @Test
  void newSpace_hasNoClusters(ClustersApi clusters) {
    assertEquals(List.of(), clusters.list());
  }
}
