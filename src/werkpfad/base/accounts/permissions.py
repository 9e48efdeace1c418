"""What somebody may be allowed to do. Roles bundle these; rows store role codes only."""

from enum import StrEnum


class Permission(StrEnum):
    # in a region
    MANAGE_REGION = "manage_region"
    MANAGE_PROGRAMMES = "manage_programmes"
    MANAGE_ORGANISATIONS = "manage_organisations"
    IMPORT_DATA = "import_data"
    RUN_ROUNDS = "run_rounds"
    SEE_REGION_FIGURES = "see_region_figures"
    # in a school
    MANAGE_SCHOOL = "manage_school"
    MANAGE_CLASSES = "manage_classes"
    SEE_ALL_CLASSES = "see_all_classes"
    APPROVE_PLACEMENTS = "approve_placements"
    # in a company
    MANAGE_COMPANY = "manage_company"
    MANAGE_OFFERS = "manage_offers"
    ANSWER_REQUESTS = "answer_requests"
    RECORD_ATTENDANCE = "record_attendance"
    # for oneself
    BE_PUPIL = "be_pupil"
    BE_GUARDIAN = "be_guardian"
