import type { LaunchOptions } from '@playwright/test'

export declare function browserLaunch(): LaunchOptions
