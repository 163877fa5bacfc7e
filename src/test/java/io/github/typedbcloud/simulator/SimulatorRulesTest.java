package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Both sides of every boundary of the reference's tables of allowed values. Each row names one or
 * two fields, their JSON, and which API versions accept the request: {@code both}, {@code spaces},
 * {@code projects} or {@code none}.
 */
class SimulatorRulesTest {

  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder()
          .transitionTime(Duration.ZERO)
          .versions(
              List.of("2.29.3", "2.0.0-rc1", "3.0.6", "3.0.0-alpha.1-b", "3.5.1", "10.0.0", "10"))
          .start();
  private final Caller project = Caller.project(simulator);
  private final Caller space = Caller.space(simulator);

  @AfterEach
  void close() {
    simulator.close();
  }

  @ParameterizedTest(name = "{0} = {1} is accepted by {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          id            | "a"              | both
          id            | "0"              | both
          id            | "api-cluster"    | both
          id            | "a_b-c_9"        | both
          id            | ""               | none
          id            | "A"              | none
          id            | "aB"             | none
          id            | "a b"            | none
          id            | "a.b"            | none
          id            | "ä"              | none
          id            | "a\\n"           | none
          id            | "-a"             | none
          id            | "a-"             | none
          id            | "_a"             | none
          id            | "a_"             | none
          id            | "a--b"           | none
          id            | "a__b"           | none
          id            | "a-_b"           | none
          id            | 1                | none
          id            | null             | none
          serverCount   | -1               | none
          serverCount   | 0                | none
          serverCount   | 1                | both
          serverCount   | 2                | none
          serverCount   | 3                | both
          serverCount   | 4                | none
          serverCount   | 5                | both
          serverCount   | 6                | none
          serverCount   | 7                | both
          serverCount   | 8                | none
          serverCount   | 9                | both
          serverCount   | 10               | none
          serverCount   | 11               | none
          serverCount   | 1.0              | none
          serverCount   | 1e0              | none
          serverCount   | "1"              | none
          serverCount   | true             | none
          serverCount   | null             | none
          serverCount   | 4294967297       | none
          storageSizeGB | 9                | none
          storageSizeGB | 10               | both
          storageSizeGB | 11               | both
          storageSizeGB | 999              | both
          storageSizeGB | 1000             | both
          storageSizeGB | 1001             | none
          storageSizeGB | 10.5             | none
          storageSizeGB | "10"             | none
          storageSizeGB | null             | none
          provider      | "azure"          | none
          provider      | "GCP"            | none
          provider      | "aws"            | none
          provider      | null             | none
          isFree        | "true"           | none
          isFree        | 0                | none
          isFree        | null             | none
          version       | "2.29.3"         | both
          version       | "3.0.6"          | both
          version       | "10.0.0"         | both
          version       | "2.0.0-rc1"      | both
          version       | "3.0.0-alpha.1-b"| both
          version       | "10"             | both
          version       | "latest"         | spaces
          version       | "2.29.4"         | none
          version       | "99.99.99"       | none
          version       | "Latest"         | none
          version       | "3.0"            | none
          version       | "3.0.6.1"        | none
          version       | "v3.0.6"         | none
          version       | "3.0.6-"         | none
          version       | "3.0.6_1"        | none
          version       | "3..6"           | none
          version       | ""               | none
          version       | 3                | none
          version       | null             | none
          region        | "europe-west9"   | none
          region        | "eu-west-2"      | none
          region        | ""               | none
          region        | null             | none
          machineType   | "c7g.large"      | none
          machineType   | "c2d-highcpu-32" | none
          machineType   | null             | none
          storageType   | "standard-rwo"   | both
          storageType   | "gp2"            | none
          storageType   | "gp2-csi"        | none
          storageType   | null             | none
          name          | "a"              | none
          serverCounts  | 1                | none
          isfree        | false            | none
          """)
  void field_boundaryValues_areChecked(String field, String json, String accepted) {
    check(Bodies.deploy(field, json), accepted);
  }

  @ParameterizedTest(name = "without {0}")
  @CsvSource({
    "id",
    "serverCount",
    "storageSizeGB",
    "provider",
    "region",
    "isFree",
    "machineType",
    "storageType",
    "version"
  })
  void fields_allButBackup_areRequired(String field) {
    project.deploy(Bodies.deploy(field, "")).isError(400, "missing_field");
    space.deploy(Bodies.deploy(field, "")).isError(400, "missing_field");
  }

  @ParameterizedTest(name = "{0} servers of {1} are accepted by {2}")
  @CsvSource({
    "1, 2.29.3, both",
    "3, 2.29.3, both",
    "9, 2.0.0-rc1, both",
    "1, 3.0.0-alpha.1-b, both",
    "3, 3.0.0-alpha.1-b, none",
    "3, 3.0.6, none",
    "3, 3.5.1, none",
    "3, 10.0.0, none",
    "1, latest, spaces",
    "3, latest, none"
  })
  void serverCount_typeDb3_isOne(String servers, String version, String accepted) {
    check(Bodies.deploy("serverCount", servers, "version", Bodies.quoted(version)), accepted);
  }

  /** The whole matrix: each machine type in each region, of either provider. */
  @ParameterizedTest(name = "{0}: {1} in {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gcp | c2d-highcpu-2  c2d-highcpu-4 c2d-highcpu-8 c2d-highcpu-16 \
          | europe-west2 europe-west3 us-west4 us-east1
          aws | c7g.large c7g.xlarge c7g.2xlarge c7g.4xlarge | eu-west-2
          aws | c8g.large c8g.xlarge c8g.2xlarge c8g.4xlarge | us-west-2 us-east-1 eu-central-1
          """)
  void machineType_eachRegion_asDocumented(String provider, String machineTypes, String offeredIn) {
    String everywhere =
        "europe-west2 europe-west3 us-west4 us-east1 eu-west-2 us-west-2 us-east-1 eu-central-1";
    for (String machineType : machineTypes.split(" +", -1)) {
      for (String region : everywhere.split(" ", -1)) {
        boolean offered = (" " + offeredIn + " ").contains(" " + region + " ");
        for (boolean free : new boolean[] {false, true}) {
          boolean accepted =
              offered && (!free || machineType.endsWith("u-2") || machineType.endsWith(".large"));
          String expected = accepted ? "both" : "none";
          checkOn(project, onAwsOrGcp(provider, machineType, region, "gp2", free), expected);
          checkOn(space, onAwsOrGcp(provider, machineType, region, "gp2-csi", free), expected);
        }
      }
    }
  }

  private static String onAwsOrGcp(
      String provider, String machineType, String region, String awsStorage, boolean free) {
    return Bodies.deploy(
        "provider", Bodies.quoted(provider),
        "machineType", Bodies.quoted(machineType),
        "region", Bodies.quoted(region),
        "storageType", Bodies.quoted(provider.equals("aws") ? awsStorage : "standard-rwo"),
        "isFree", Boolean.toString(free));
  }

  @ParameterizedTest(name = "aws with {0} is accepted by {1}")
  @CsvSource({"gp2, projects", "gp2-csi, spaces", "standard-rwo, none"})
  void storageType_aws_dependsOnVersion(String storageType, String accepted) {
    check(onAwsOrGcp("aws", "c7g.large", "eu-west-2", storageType, false), accepted);
  }

  @ParameterizedTest(name = "free with {0} = {1} is accepted by {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          storageSizeGB       | 10                                            | both
          storageSizeGB       | 11                                            | none
          serverCount         | 1                                             | both
          serverCount         | 3                                             | none
          machineType         | "c2d-highcpu-2"                               | both
          machineType         | "c2d-highcpu-4"                               | none
          backupConfiguration | {"frequency":"disabled"}                      | spaces
          backupConfiguration | {"frequency":"disabled","retentionDays":30}   | spaces
          backupConfiguration | {"retentionDays":30}                          | spaces
          backupConfiguration | {}                                            | spaces
          backupConfiguration | {"frequency":"hourly"}                        | none
          backupConfiguration | {"frequency":"daily"}                         | none
          """)
  void freeCluster_limits_areChecked(String field, String json, String accepted) {
    check(Bodies.deploy("isFree", "true", field, json), accepted);
  }

  @ParameterizedTest(name = "{0} is accepted by {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"frequency":"disabled"}                    | spaces
          {"frequency":"hourly"}                      | spaces
          {"frequency":"daily"}                       | spaces
          {"frequency":"weekly"}                      | none
          {"frequency":"Daily"}                       | none
          {"frequency":null}                          | none
          {"retentionDays":6}                         | none
          {"retentionDays":7}                         | spaces
          {"retentionDays":8}                         | none
          {"retentionDays":29}                        | none
          {"retentionDays":30}                        | spaces
          {"retentionDays":31}                        | none
          {"retentionDays":7.0}                       | none
          {"retentionDays":"7"}                       | none
          {"retentionDays":null}                      | none
          {"frequency":"daily","retentionDays":30}    | spaces
          {"frequency":"daily","retention":30}        | none
          {}                                          | spaces
          []                                          | none
          "daily"                                     | none
          null                                        | none
          """)
  void backup_values_areChecked(String json, String accepted) {
    check(Bodies.deploy("backupConfiguration", json), accepted);
    update("{\"backupConfiguration\":" + json + "}", accepted.equals("spaces") ? "spaces" : "none");
  }

  @ParameterizedTest(name = "update {0} is accepted by {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"id":"b"}                                          | spaces
          {"id":"a"}                                          | spaces
          {"id":"B"}                                          | none
          {"id":null}                                         | none
          {"storageSizeGB":9}                                 | none
          {"storageSizeGB":10}                                | spaces
          {"storageSizeGB":1000}                              | spaces
          {"storageSizeGB":1001}                              | none
          {"storageSizeGB":10.0}                              | none
          {"storageSizeGB":null}                              | none
          {"machineType":"c2d-highcpu-16"}                    | spaces
          {"machineType":"c8g.large"}                         | none
          {"machineType":null}                                | none
          {"version":"2.0.0-rc1"}                             | spaces
          {"version":"2.29.4"}                                | none
          {"version":"3"}                                     | none
          {"version":"3.5.1"}                                 | none
          {"version":"latest"}                                | none
          {"version":null}                                    | none
          {"storageSizeGB":20,"machineType":"c2d-highcpu-4"}  | spaces
          {"storageSizeGB":20,"serverCount":1}                | none
          {"isFree":false}                                    | none
          {}                                                  | none
          """)
  void update_values_areChecked(String body, String accepted) {
    update(body, accepted);
  }

  @ParameterizedTest
  @CsvSource({"3.5.1, 3.5.1", "latest, 10.0.0", "2.29.3, 2.29.3"})
  void version_oneServer_isUpdatable(String version, String updated) {
    space.deploy(Bodies.paid("a"));
    assertThat(
            space
                .update("a", "{\"version\":\"" + version + "\"}")
                .json()
                .path("version")
                .textValue())
        .isEqualTo(updated);
  }

  @ParameterizedTest(name = "clone {0} responds with {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"id":"b"}              | 200
          {"id":"b-1_c"}          | 200
          {"id":"a"}              | 409
          {"id":"b--c"}           | 400
          {"id":"B"}              | 400
          {"id":null}             | 400
          {"id":"b","version":1}  | 400
          {"newId":"b"}           | 400
          {}                      | 400
          """)
  void clone_body_isChecked(String body, int status) {
    space.deploy(Bodies.paid("a"));
    Response response = space.send("POST", "/clusters/a/clone", body);
    assertThat(response.status()).as(response.body()).isEqualTo(status);
  }

  /** A cluster of three servers in a space, which is gone again afterwards. */
  private void update(String body, String accepted) {
    String id = "to-update";
    space.deploy(Bodies.deploy("id", Bodies.quoted(id), "serverCount", "3")).json();
    Response response = space.update(id, body);
    assertThat(response.status())
        .as(response.body())
        .isEqualTo(accepted.equals("spaces") ? 200 : 400);
    space.destroy(id);
  }

  private void check(String body, String accepted) {
    checkOn(project, body, accepted.equals("projects") ? "both" : except(accepted, "spaces"));
    checkOn(space, body, accepted.equals("spaces") ? "both" : except(accepted, "projects"));
  }

  private static String except(String accepted, String other) {
    return accepted.equals(other) ? "none" : accepted;
  }

  private static void checkOn(Caller caller, String body, String accepted) {
    Response response = caller.deploy(body);
    assertThat(response.status())
        .as(caller.prefix() + " " + body + " " + response.body())
        .isEqualTo(accepted.equals("both") ? 200 : 400);
    if (response.status() == 200) {
      caller.destroy(response.json().path("id").textValue());
    }
  }
}
