package picup.library;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BurstNameTest {
    @Test
    void picturesOfOneSecondAndFolderAreOneBurst() {
        var first = BurstName.idOf("a", "00000IMG_00000_BURST20200601120000000.jpg");
        assertThat(first).isNotNull();
        assertThat(BurstName.idOf("a", "00001IMG_00001_BURST20200601120000120_COVER.jpg")).isEqualTo(first);
        assertThat(BurstName.idOf("a", "00100lPORTRAIT_00100_BURST20200601120000120_COVER.jpg")).isEqualTo(first);
        assertThat(BurstName.idOf("b", "00001IMG_00001_BURST20200601120000120.jpg")).isNotEqualTo(first);
        assertThat(BurstName.idOf("a", "00001IMG_00001_BURST20200601120001120.jpg")).isNotEqualTo(first);
    }

    @Test
    void theCoverSaysSo() {
        assertThat(BurstName.isCover("00001IMG_00001_BURST20200601120000120_COVER.jpg")).isTrue();
        assertThat(BurstName.isCover("00001IMG_00001_BURST20200601120000120.jpg")).isFalse();
        assertThat(BurstName.isCover("COVER.jpg")).isFalse();
    }

    @Test
    void otherNamesAreOfNoBurst() {
        for (var name : new String[] {"IMG_20200601_120000.jpg", "SUNBURST20200601120000.jpg", "BURST2020.jpg", "burst20200601120000000.jpg", ""}) {
            assertThat(BurstName.idOf("a", name)).as(name).isNull();
        }
    }
}
