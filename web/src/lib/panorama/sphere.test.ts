import { expect, test } from 'vitest';
import { extentOf, held, isRound, startOf, surrounds, widthSeen, type Panorama } from './sphere';

const whole: Panorama = { projection: 'equirectangular', fullWidth: 4000, fullHeight: 2000, left: 0, top: 0, width: 4000, height: 2000, headingDegrees: null };
const strip: Panorama = { ...whole, left: 1000, top: 800, width: 2000, height: 400 };

test('a whole sphere goes all the way round and to both poles', () => {
  expect(extentOf(whole)).toEqual({ left: -180, right: 180, top: 90, bottom: -90 });
  expect(isRound(extentOf(whole))).toBe(true);
  expect(surrounds(whole)).toBe(true);
});

test('a part lies where it was cut from', () => {
  expect(extentOf(strip)).toEqual({ left: -90, right: 90, top: 18, bottom: -18 });
  expect(surrounds({ ...strip, width: 1000 })).toBe(false);
});

test('a cylinder is as high as its circumference makes it', () => {
  const { top, bottom, left, right } = extentOf({ ...whole, projection: 'cylindrical', fullHeight: 4000 / Math.PI, height: 4000 / Math.PI });
  expect(top).toBeCloseTo(45);
  expect(bottom).toBeCloseTo(-45);
  expect([left, right]).toEqual([-180, 180]);
});

test('looking round never ends, looking up ends at the pole', () => {
  expect(held({ yaw: 190, pitch: 120, fov: 60 }, extentOf(whole), 1.5)).toEqual({ yaw: -170, pitch: 90, fov: 60 });
  expect(held({ yaw: -540, pitch: 0, fov: 60 }, extentOf(whole), 1.5).yaw).toBe(-180);
});

test('one never looks past the edges of a part', () => {
  const extent = extentOf(strip);
  const look = held({ yaw: 170, pitch: 60, fov: 80 }, extent, 1.5);
  expect(look.fov).toBe(36);
  expect(look.pitch).toBe(0);
  expect(look.yaw + widthSeen(look.fov, 1.5) / 2).toBeCloseTo(90);
});

test('a narrow part on a wide screen is enlarged until it fills it', () => {
  const extent = { left: -20, right: 20, top: 40, bottom: -40 };
  const look = held({ yaw: 0, pitch: 0, fov: 80 }, extent, 2);
  expect(widthSeen(look.fov, 2)).toBeCloseTo(40);
});

test('the first look is at the middle of what there is', () => {
  expect(startOf(extentOf(whole), 1.5)).toEqual({ yaw: 0, pitch: 0, fov: 65 });
  expect(startOf(extentOf({ ...strip, left: 2000, width: 1500 }), 1).yaw).toBeCloseTo(67.5);
});
