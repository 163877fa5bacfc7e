package io.github.typedbcloud.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.github.typedbcloud.support.Payloads;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The JSON has the names of the API, whatever the settings of the user's mapper. */
class WireNamesTest {

  private static final String DEPLOY_REQUEST =
      "{\"id\":\"a\",\"serverCount\":3,\"storageSizeGB\":20,\"provider\":\"aws\","
          + "\"region\":\"eu-west-2\",\"isFree\":false,\"machineType\":\"c7g.large\","
          + "\"storageType\":\"gp2-csi\",\"version\":\"2.29.3\","
          + "\"backupConfiguration\":{\"frequency\":\"daily\",\"retentionDays\":30}}";

  private static final String UPDATE_REQUEST =
      "{\"id\":\"b\",\"storageSizeGB\":20,\"machineType\":\"c7g.xlarge\","
          + "\"backupConfiguration\":{\"frequency\":\"disabled\"},\"version\":\"latest\"}";

  static Stream<Named<UserMapper>> mappers() {
    ObjectMapper snakeCase2 =
        new ObjectMapper()
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .setDefaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    JsonMapper snakeCase3 =
        JsonMapper.builder()
            .propertyNamingStrategy(tools.jackson.databind.PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(
                every -> every.withValueInclusion(JsonInclude.Include.NON_NULL))
            .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    JsonMapper lenient3 =
        JsonMapper.builder()
            .disable(tools.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    return Stream.of(
        Named.of("Jackson 2", UserMapper.of(new ObjectMapper())),
        Named.of("Jackson 3", UserMapper.of(JsonMapper.builder().build())),
        Named.of("Jackson 2, snake case, non null, strict", UserMapper.of(snakeCase2)),
        Named.of("Jackson 3, snake case, non null, strict", UserMapper.of(snakeCase3)),
        Named.of("Jackson 3, lenient", UserMapper.of(lenient3)));
  }

  @ParameterizedTest
  @MethodSource("mappers")
  void cluster_anyMapper_hasNamesOfTheApi(UserMapper mapper) {
    for (String json : new String[] {Payloads.PROJECT_CLUSTER, Payloads.SPACE_CLUSTER}) {
      assertThat(mapper.write(mapper.read(json, Cluster.class))).isEqualTo(json);
    }
  }

  @ParameterizedTest
  @MethodSource("mappers")
  void requests_anyMapper_haveNamesOfTheApi(UserMapper mapper) {
    DeployClusterRequest deploy =
        DeployClusterRequest.builder()
            .id("a")
            .serverCount(3)
            .storageSizeGB(20)
            .provider(Provider.AWS)
            .region("eu-west-2")
            .machineType("c7g.large")
            .storageType("gp2-csi")
            .version("2.29.3")
            .backup(BackupConfiguration.of(BackupFrequency.DAILY, 30))
            .build();
    assertThat(mapper.write(deploy)).isEqualTo(DEPLOY_REQUEST);
    assertThat(mapper.read(DEPLOY_REQUEST, DeployClusterRequest.class)).isEqualTo(deploy);

    UpdateClusterRequest update =
        UpdateClusterRequest.builder()
            .id("b")
            .storageSizeGB(20)
            .machineType("c7g.xlarge")
            .backup(BackupConfiguration.of(BackupFrequency.DISABLED))
            .version("latest")
            .build();
    assertThat(mapper.write(update)).isEqualTo(UPDATE_REQUEST);
    assertThat(mapper.read(UPDATE_REQUEST, UpdateClusterRequest.class)).isEqualTo(update);
  }

  @ParameterizedTest
  @MethodSource("mappers")
  void unsetComponents_anyMapper_areOmitted(UserMapper mapper) {
    assertThat(mapper.write(UpdateClusterRequest.builder().build())).isEqualTo("{}");
    assertThat(mapper.write(new BackupConfiguration(null, null))).isEqualTo("{}");
    assertThat(mapper.write(DeployClusterRequest.builder().build()))
        .isEqualTo(
            "{\"id\":\"\",\"serverCount\":1,\"storageSizeGB\":10,\"provider\":\"\",\"region\":\"\","
                + "\"isFree\":false,\"machineType\":\"\",\"version\":\"\"}");
  }

  @ParameterizedTest
  @MethodSource("mappers")
  void values_anyMapper_haveNamesOfTheApi(UserMapper mapper) {
    assertThat(mapper.write(Scope.project("o", "p")))
        .isEqualTo("{\"organization\":\"o\",\"project\":\"p\"}");
    assertThat(mapper.write(Scope.space("t", "s")))
        .isEqualTo("{\"teamID\":\"t\",\"spaceID\":\"s\"}");
    assertThat(mapper.write(ClusterStatus.RUNNING)).isEqualTo("\"running\"");
    assertThat(mapper.write(ServerStatus.PENDING)).isEqualTo("\"pending\"");
    assertThat(mapper.write(Provider.GCP)).isEqualTo("\"gcp\"");
    assertThat(mapper.write(BackupFrequency.HOURLY)).isEqualTo("\"hourly\"");
    assertThat(mapper.write(Map.of(ClusterStatus.RUNNING, 2))).isEqualTo("{\"running\":2}");
  }

  @ParameterizedTest
  @MethodSource("mappers")
  void unknownFields_withNulls_areWritten(UserMapper mapper) {
    String json =
        Payloads.SPACE_CLUSTER.replaceFirst(
            "}]}$",
            ",\"zone\":null}],\"cost_center\":{\"a\":[1,null,{\"b\":null}]},\"note\":null}");

    assertThat(mapper.write(mapper.read(json, Cluster.class))).isEqualTo(json);
  }
}
