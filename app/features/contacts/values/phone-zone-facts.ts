/**
 * Where a telephone is by its area code, in countries whose clocks differ: facts. An area code that lies in two zones
 * is left out, and so are codes of mobile phones: nobody knows where they are.
 * Common knowledge, not checked line by line; who decides where one seems wrong: NANPA's area code maps (+1), ACMA's
 * numbering plan (+61), Anatel's DDD codes (+55).
 */

function codes(table: Record<string, string>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(table).flatMap(([zone, list]) => list.split(" ").map((code): [string, string] => [code, zone])),
  );
}

/** Area codes of three figures after +1. */
const northAmerica = codes({
  "America/New_York":
    "203 475 860 959 302 771 202 239 305 321 324 352 386 407 561 645 656 689 727 728 754 772 786 813 863 904 941 954 " +
    "229 404 470 478 678 706 762 770 912 943 260 317 463 574 765 930 502 606 859 207 227 240 301 410 443 667 " +
    "339 351 413 508 617 774 781 857 978 603 201 551 609 640 732 848 856 862 908 973 " +
    "212 315 329 332 347 363 516 518 585 607 624 631 646 680 716 718 838 845 914 917 929 934 " +
    "252 336 472 704 743 828 910 919 980 984 216 220 234 283 326 330 380 419 436 440 513 567 614 740 937 " +
    "215 223 267 272 412 445 484 570 582 610 717 724 814 835 878 401 803 821 839 843 854 864 423 865 802 " +
    "276 434 540 571 686 703 757 804 826 948 304 681",
  "America/Detroit": "231 248 269 313 517 586 616 679 734 810 947 989",
  "America/Chicago":
    "205 251 256 334 659 938 327 479 501 870 217 224 309 312 331 447 464 618 630 708 730 773 779 815 847 861 872 219 " +
    "319 515 563 641 712 316 913 225 318 337 457 504 985 218 320 507 612 651 763 924 952 228 601 662 769 " +
    "235 314 417 557 573 636 660 816 975 402 531 405 539 572 580 918 615 629 731 901 931 " +
    "210 214 254 281 325 346 361 409 430 432 469 512 621 682 713 726 737 806 817 830 832 903 936 940 945 956 972 979 " +
    "262 274 353 414 534 608 715 920",
  "America/Denver": "303 719 720 970 983 406 505 575 385 435 801 307 915",
  "America/Phoenix": "480 520 602 623 928",
  "America/Los_Angeles":
    "209 213 279 310 323 341 350 357 369 408 415 424 442 510 530 559 562 619 626 628 650 657 661 669 707 714 738 747 " +
    "760 805 818 820 831 837 840 858 909 916 925 949 951 702 725 775 503 971 206 253 360 425 509 564",
  "America/Anchorage": "907",
  "Pacific/Honolulu": "808",
  "America/St_Johns": "709 879",
  "America/Halifax": "428 506 782 902",
  "America/Toronto":
    "226 249 289 343 365 382 416 437 519 548 613 647 683 705 742 753 905 942 " +
    "263 354 367 418 438 450 468 514 579 581 819 873",
  "America/Winnipeg": "204 431 584",
  "America/Regina": "306 474 639",
  "America/Edmonton": "368 403 587 780 825",
  "America/Vancouver": "236 257 604 672 778",
  "America/Nassau": "242",
  "America/Barbados": "246",
  "America/Anguilla": "264",
  "America/Antigua": "268",
  "America/Tortola": "284",
  "America/St_Thomas": "340",
  "America/Cayman": "345",
  "Atlantic/Bermuda": "441",
  "America/Grenada": "473",
  "America/Grand_Turk": "649",
  "America/Jamaica": "658 876",
  "America/Montserrat": "664",
  "Pacific/Saipan": "670",
  "Pacific/Guam": "671",
  "Pacific/Pago_Pago": "684",
  "America/Lower_Princes": "721",
  "America/St_Lucia": "758",
  "America/Dominica": "767",
  "America/St_Vincent": "784",
  "America/Puerto_Rico": "787 939",
  "America/Santo_Domingo": "809 829 849",
  "America/Port_of_Spain": "868",
  "America/St_Kitts": "869",
});

/** What a fixed line begins with after +61. */
const australia = codes({
  "Australia/Sydney": "2",
  "Australia/Melbourne": "3",
  "Australia/Brisbane": "7",
  "Australia/Perth": "86 89",
  "Australia/Adelaide": "87 88",
  "Australia/Darwin": "889",
});

/** DDD codes of two figures after +55, of mobile phones, too. */
const brazil = codes({
  "America/Sao_Paulo":
    "11 12 13 14 15 16 17 18 19 21 22 24 27 28 31 32 33 34 35 37 38 41 42 43 44 45 46 47 48 49 51 53 54 55 61 62 64",
  "America/Bahia": "71 73 74 75 77",
  "America/Maceio": "79 82",
  "America/Recife": "81 87",
  "America/Fortaleza": "83 84 85 86 88 89 98 99",
  "America/Belem": "91 93 94 96",
  "America/Manaus": "92 97",
  "America/Boa_Vista": "95",
  "America/Rio_Branco": "68",
  "America/Porto_Velho": "69",
  "America/Araguaina": "63",
  "America/Cuiaba": "65 66",
  "America/Campo_Grande": "67",
});

/** By what a number begins with after its country's code. */
export const areaCodes: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  "1": northAmerica,
  "61": australia,
  "55": brazil,
};

/** Whose code several countries share, where all keep the same clock or nearly all live in one. */
export const sharedCodes: Readonly<Record<string, string>> = {
  "44": "GB",
  "39": "IT",
  "47": "NO",
  "358": "FI",
  "212": "MA",
  "262": "RE",
  "590": "GP",
  "599": "CW",
};
